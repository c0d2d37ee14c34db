package dev.portcullis.sandbox.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What anybody may ask of the sandbox in order to sign in.
enum Published {
    RESOURCE_METADATA("GET"),
    SERVER_METADATA("GET"),
    KEYS("GET"),
    REGISTER("POST"),
    AUTHORIZE("GET"),
    TOKEN("POST"),
    REVOKE("POST"),
    PORT_TOKEN("POST");

    /// No path is of two forms.
    private static final Map<Published, List<PathTemplate>> PATHS = Map.of(
            RESOURCE_METADATA,
            List.of(
                    new PathTemplate("/.well-known/oauth-protected-resource{/name}/v1"),
                    new PathTemplate("/.well-known/oauth-protected-resource")),
            SERVER_METADATA,
            List.of(
                    new PathTemplate("/.well-known/oauth-authorization-server{/name}/auth"),
                    new PathTemplate("/.well-known/openid-configuration{/name}/auth"),
                    new PathTemplate("{/name}/auth/.well-known/openid-configuration")),
            KEYS,
            List.of(new PathTemplate("{/name}/auth/jwks")),
            REGISTER,
            List.of(new PathTemplate("{/name}/auth/register")),
            AUTHORIZE,
            List.of(new PathTemplate("{/name}/auth/authorize")),
            TOKEN,
            List.of(new PathTemplate("{/name}/auth/token"), new PathTemplate("{/name}/v1/token")),
            REVOKE,
            List.of(new PathTemplate("{/name}/auth/revoke")),
            PORT_TOKEN,
            List.of(new PathTemplate("{/name}/v1/auth/access_token")));

    private final String method;

    Published(String method) {
        this.method = method;
    }

    /// One of them, for an organization.
    ///
    /// @param name of the organization; empty for the one of the short paths
    record Place(Published what, String name) {}

    /// What is at that path.
    static Optional<Place> at(String path) {
        return PATHS.entrySet().stream()
                .flatMap(one -> one.getValue().stream()
                        .flatMap(template -> template.name(path).stream())
                        .map(name -> new Place(one.getKey(), name)))
                .findFirst();
    }

    /// The HTTP method that it answers to.
    String method() {
        return method;
    }
}
