package dev.portcullis.console.signin.provider;

import dev.portcullis.console.tools.VisibleText;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Turns what the provider says of somebody, in the ID token and at its userinfo endpoint, into a [ProviderPerson]
/// with the roles of their groups. Whoever has no usable name, or no role, is refused.
final class ProviderPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private static final int LONGEST_NAME = 128;

    private final IdentityProvider provider;
    private final OidcUserService claims = new OidcUserService();

    ProviderPeople(IdentityProvider provider) {
        this.provider = provider;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        var said = claims.loadUser(request);
        var name = name(said.getClaims().get(provider.nameClaim()))
                .orElseThrow(() -> new OAuth2AuthenticationException(
                        new OAuth2Error("no_name"),
                        "the claim " + provider.nameClaim() + " is not a name of at most " + LONGEST_NAME
                                + " characters"));
        var roles = provider.rolesOf(groups(said.getClaims().get(provider.groupsClaim())));
        var person = ProviderPerson.called(name, roles, said.getIdToken());
        if (roles.isEmpty()) {
            throw new NoRoleException(person);
        }
        return person;
    }

    /// A name that is what it looks like: approval by a second person tells people apart by it.
    private static Optional<String> name(@Nullable Object claim) {
        return claim instanceof String name
                        && !name.isBlank()
                        && name.length() <= LONGEST_NAME
                        && name.equals(VisibleText.line(name))
                        && name.equals(name.strip())
                ? Optional.of(name)
                : Optional.empty();
    }

    private static List<String> groups(@Nullable Object claim) {
        return switch (claim) {
            case String one -> List.of(one);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }
}
