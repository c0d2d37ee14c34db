package dev.portcullis.console.signin;

import dev.portcullis.console.access.Roles;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

import java.util.Collection;
import java.util.List;

/// A person who may sign in.
///
/// @param mustChangePassword whether nothing else may be done before a new password is chosen
public record Administrator(String username, String passwordHash, List<String> roles, boolean mustChangePassword)
        implements UserDetails {
    public Administrator {
        roles = List.copyOf(roles);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return Roles.authorities(roles);
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return username;
    }

    /// Two are equal when they are the same person, whatever the password: sessions are found by it.
    @Override
    public boolean equals(Object other) {
        return other instanceof Administrator person && person.username.equals(username);
    }

    @Override
    public int hashCode() {
        return username.hashCode();
    }

    @Override
    public String toString() {
        return "Administrator[" + username + ", " + roles + "]";
    }
}
