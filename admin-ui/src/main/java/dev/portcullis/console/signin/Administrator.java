package dev.portcullis.console.signin;

import dev.portcullis.console.access.Roles;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

import java.util.Collection;
import java.util.List;

/// A person who may sign in.
///
/// @param mustChangePassword whether nothing else may be done before a new password is chosen
/// @param isLocked whether the password is of no use until an admin says otherwise
/// @param revision of what a session rests on; when it moves on, the session ends
public record Administrator(
        String username,
        String passwordHash,
        List<String> roles,
        boolean mustChangePassword,
        boolean isLocked,
        long revision)
        implements UserDetails {
    public Administrator {
        roles = List.copyOf(roles);
    }

    /// The same, for a session, which has no use for the hash.
    Administrator withoutPassword() {
        return new Administrator(username, "", roles, mustChangePassword, isLocked, revision);
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

    @Override
    public boolean isEnabled() {
        return !isLocked;
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
