package dev.portcullis.policy.document;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A named upstream behind `/mcp/<name>`.
///
/// @param name lower case letters, digits and hyphens
/// @param profile the name of the profile that says what its tools do
public record Route(String name, Upstream upstream, String profile, Authentication authentication) {

    /// Where a route leads.
    public sealed interface Upstream {

        /// The host it is reached at, in the form in which hosts are compared; absent for the stand-in,
        /// and for a host that programs read in different ways.
        default Optional<DomainName> host() {
            return switch (this) {
                case Sandbox sandbox -> Optional.empty();
                case Remote remote ->
                    Optional.ofNullable(remote.uri().getHost()).flatMap(DomainName::of);
            };
        }

        /// The built-in stand-in, wherever it listens.
        record Sandbox() implements Upstream {}

        /// A Streamable HTTP endpoint; scheme http or https, no user information, no fragment.
        record Remote(URI uri) implements Upstream {}
    }

    /// How callers of a route prove who they are.
    public enum Authentication {
        /// The client's own credentials go to the upstream unchanged.
        PASSTHROUGH,
        /// Credentials are neither checked nor forwarded; only behind a listener on loopback.
        OPEN;

        static final Map<String, Authentication> BY_WIRE_NAME =
                Map.of(PASSTHROUGH.wireName(), PASSTHROUGH, OPEN.wireName(), OPEN);

        /// The name used in documents.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How callers prove who they are where the document does not say: open before the sandbox, which
    /// knows nobody, and with the client's own credentials before everything else.
    public static Authentication usual(Upstream upstream) {
        return switch (upstream) {
            case Upstream.Sandbox sandbox -> Authentication.OPEN;
            case Upstream.Remote remote -> Authentication.PASSTHROUGH;
        };
    }
}
