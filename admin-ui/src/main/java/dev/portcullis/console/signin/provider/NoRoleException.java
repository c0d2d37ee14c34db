package dev.portcullis.console.signin.provider;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/// Somebody has signed in at the provider, and none of their groups has a role here.
final class NoRoleException extends OAuth2AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final String person;

    NoRoleException(ProviderPerson person) {
        super(new OAuth2Error("no_role"), "none of the groups of " + person.name() + " has a role");
        this.person = person.name();
    }

    /// Who, as records name them.
    String person() {
        return person;
    }
}
