package dev.portcullis.console.signin.provider;

import dev.portcullis.configuration.Secret;
import dev.portcullis.configuration.Settings;
import dev.portcullis.console.access.Roles;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whose accounts people sign in with, and which of their groups have which roles.
///
/// @param issuer exactly what stands in its tokens; its discovery document says everything else
/// @param algorithm what its ID tokens are signed with
/// @param scopes what is asked for; `openid` is among them
/// @param nameClaim what people are called by, in records and where two people are told apart: something that the
///     provider gives to nobody else, and that they cannot change themselves
/// @param groupsClaim where their groups stand, as a list or as one text
/// @param roles of each group; whoever is in none of these groups is refused
/// @param label what the button says
public record IdentityProvider(
        URI issuer,
        String clientId,
        Secret clientSecret,
        String algorithm,
        List<String> scopes,
        String nameClaim,
        String groupsClaim,
        Map<String, List<String>> roles,
        String label) {
    private static final String OPENID = "openid";
    private static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final URI NOWHERE = URI.create("https://localhost");

    public IdentityProvider {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
        if (!scopes.contains(OPENID)) {
            throw new IllegalArgumentException("scopes: " + scopes + " (expected: openid among them)");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles: none (expected: a group that has one)");
        }
        for (var given : roles.values()) {
            if (given.isEmpty() || !Roles.OF_PEOPLE.containsAll(given)) {
                throw new IllegalArgumentException("roles: " + given + " (expected: some of " + Roles.OF_PEOPLE + ")");
            }
        }
    }

    /// Reads the section `oidc`; empty when it has no keys.
    ///
    /// @param signIn the section `signIn`
    public static Optional<IdentityProvider> from(Settings signIn) {
        var section = signIn.section("oidc");
        if (section.names().isEmpty() && section.optionalString("issuer").isEmpty()) {
            return Optional.empty();
        }
        var scopes = section.list("scopes", List.of(OPENID, "profile", "email"));
        if (!scopes.contains(OPENID)) {
            section.reject("scopes", "openid among them");
        }
        var algorithm = section.string("algorithm", "RS256");
        if (!ALGORITHMS.contains(algorithm)) {
            section.reject("algorithm", "one of " + String.join(", ", ALGORITHMS));
        }
        return Optional.of(new IdentityProvider(
                issuer(section),
                section.string("clientId"),
                section.secret("clientSecret"),
                ALGORITHMS.contains(algorithm) ? algorithm : "RS256",
                scopes.contains(OPENID) ? scopes : List.of(OPENID),
                section.string("nameClaim", "sub"),
                section.string("groupsClaim", "groups"),
                roles(section),
                section.string("label", "Sign in with your organization")));
    }

    /// All roles of somebody who is in these groups.
    public Set<String> rolesOf(Collection<String> groups) {
        var all = new TreeSet<String>();
        groups.forEach(group -> all.addAll(roles.getOrDefault(group, List.of())));
        return all;
    }

    /// Plain HTTP is for a provider on the same machine; what it says decides who is an admin.
    private static URI issuer(Settings section) {
        var text = section.string("issuer");
        if (text.matches("https://[^/?#\\s]+[^?#\\s]*|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?[^?#\\s]*")) {
            return URI.create(text);
        }
        if (!text.isEmpty()) {
            section.reject("issuer", "https://host, exactly as in its tokens; plain http on this machine only");
        }
        return NOWHERE;
    }

    private static Map<String, List<String>> roles(Settings oidc) {
        var section = oidc.section("roles");
        var all = new HashMap<String, List<String>>();
        for (var group : section.names()) {
            var given = section.list(group).stream()
                    .map(role -> role.toUpperCase(Locale.ROOT))
                    .toList();
            if (given.isEmpty() || !Roles.OF_PEOPLE.containsAll(given)) {
                section.reject(group, "some of " + String.join(", ", Roles.OF_PEOPLE));
            } else {
                all.put(group, given);
            }
        }
        if (section.names().isEmpty()) {
            oidc.reject("roles", "groups and their roles, such as console-admins: [ADMIN]");
        }
        return all.isEmpty() ? Map.of("nobody", List.of(Roles.VIEWER)) : all;
    }
}
