package dev.portcullis.console.signin.provider;

import dev.portcullis.console.access.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A person who has signed in with an account of the identity provider.
///
/// @param name how it appears in records: `sso:` and what the provider calls them, which no username of this console is
/// @param roles of their groups when they signed in
/// @param idToken what the provider has said; for signing out there
record ProviderPerson(String name, List<String> roles, OidcIdToken idToken) implements OidcUser {
    private static final String PREFIX = "sso:";

    ProviderPerson {
        roles = List.copyOf(roles);
    }

    static ProviderPerson called(String name, Collection<String> roles, OidcIdToken idToken) {
        return new ProviderPerson(PREFIX + name, List.copyOf(roles), idToken);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return Roles.authorities(roles);
    }

    @Override
    public Map<String, Object> getClaims() {
        return idToken.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return idToken.getClaims();
    }

    @Override
    public OidcIdToken getIdToken() {
        return idToken;
    }

    @Override
    public @Nullable OidcUserInfo getUserInfo() {
        return null;
    }

    /// Two are equal when they are the same person, whenever they signed in.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProviderPerson person && person.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "ProviderPerson[" + name + ", " + roles + "]";
    }
}
