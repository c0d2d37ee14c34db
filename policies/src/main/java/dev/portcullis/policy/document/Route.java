package dev.portcullis.policy.document;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A named upstream behind `/mcp/<name>`.
///
/// @param name lower case letters, digits and hyphens
/// @param profile the name of the profile that says what its tools do
/// @param hosts names under which the gateway answers with this route alone, at the upstream's own path
/// @param credential the name of what the gateway shows the upstream in place of the caller's
///     credentials; only with [Authentication#GATEWAY]
/// @param trustAnnotations whether a tool that nobody reviewed, and that the profile does not know,
///     is `read` when the upstream says so
public record Route(
        String name,
        Upstream upstream,
        String profile,
        Authentication authentication,
        List<String> hosts,
        Optional<String> credential,
        boolean trustAnnotations) {
    /// Where the stand-in answers on a host of its own: where Port does.
    private static final String STAND_IN_PATH = "/v1";

    public Route {
        hosts = List.copyOf(hosts);
    }

    /// A route without hosts, credential and trust.
    public Route(String name, Upstream upstream, String profile, Authentication authentication) {
        this(name, upstream, profile, authentication, List.of(), Optional.empty(), false);
    }

    /// The path of its endpoint on its own hosts.
    public String pathOnHosts() {
        return switch (upstream) {
            case Upstream.Sandbox sandbox -> STAND_IN_PATH;
            case Upstream.Remote remote ->
                remote.uri().getRawPath().isEmpty() ? "/" : remote.uri().getRawPath();
        };
    }

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
        OPEN,
        /// The gateway checks who is calling. What the caller showed ends here; the upstream gets the
        /// route's own credential, or none.
        GATEWAY;

        static final Map<String, Authentication> BY_WIRE_NAME =
                Map.of(PASSTHROUGH.wireName(), PASSTHROUGH, OPEN.wireName(), OPEN, GATEWAY.wireName(), GATEWAY);

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
