package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.document.Route.Authentication;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.http.Authority;
import dev.portcullis.proxy.http.Peer;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Knows the names and paths the gateway answers at: `/mcp/<route>` under its own names, and the
/// upstream's own path under the hosts of a route.
///
/// A public URL never comes from a name that somebody just made up: it is configured, or a host of a
/// route, or a name the gateway is configured to have, or loopback's where nobody else can connect.
final class Endpoints {
    private static final Pattern PATH = Pattern.compile("/mcp/([a-z0-9][a-z0-9-]{0,62})");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ProxyConfig config;

    Endpoints(ProxyConfig config) {
        this.config = config;
    }

    /// A listener on loopback answers to loopback's names and the configured ones: a page in the user's
    /// own browser may reach it under a name that was made to point here. A listener without configured
    /// names on a real address cannot know its names, and answers to all.
    boolean areAt(Authority authority, PolicyDocument document) {
        return LOOPBACK_NAMES.contains(authority.host())
                || config.publicHosts().contains(authority.host())
                || isHostOfRoute(authority, document)
                || (config.publicHosts().isEmpty() && !config.mayServeOpenRoutes());
    }

    /// What this path leads to under this name.
    ///
    /// @param target path and query as received
    Optional<Endpoint> at(Peer peer, Authority authority, String target, PolicyDocument document) {
        var isMetadata = target.equals(Endpoint.WELL_KNOWN) || target.startsWith(Endpoint.WELL_KNOWN + "/");
        var path = isMetadata ? target.substring(Endpoint.WELL_KNOWN.length()) : target;
        var onHost = isHostOfRoute(authority, document)
                ? onHostOfRoute(peer, authority, path, isMetadata, document)
                : Optional.<Endpoint>empty();
        // A route may be given a name that is the gateway's own: its path there comes first.
        return onHost.isPresent() || (isHostOfRoute(authority, document) && !isOwn(authority))
                ? onHost
                : underMcp(peer, authority, path, isMetadata, document);
    }

    private Optional<Endpoint> onHostOfRoute(
            Peer peer, Authority authority, String path, boolean isMetadata, PolicyDocument document) {
        var host = authority.host();
        return document.routeAt(host, path)
                .or(() -> isMetadata && path.isEmpty()
                        ? only(document, route -> route.hosts().contains(host))
                        : Optional.empty())
                .map(route -> new Endpoint(
                        route.name(),
                        isAtOwnPort(authority, schemeOf(peer))
                                ? Optional.of(authority.origin(schemeOf(peer)) + route.pathOnHosts())
                                : Optional.empty(),
                        isMetadata));
    }

    private Optional<Endpoint> underMcp(
            Peer peer, Authority authority, String path, boolean isMetadata, PolicyDocument document) {
        var matcher = PATH.matcher(path);
        var named = matcher.matches() ? Optional.of(matcher.group(1)) : Optional.<String>empty();
        return named.or(() -> isMetadata && path.isEmpty()
                        ? only(document, route -> true).map(Route::name)
                        : Optional.empty())
                .map(route -> new Endpoint(
                        route, origin(peer, authority).map(origin -> origin + "/mcp/" + route), isMetadata));
    }

    /// The one route that metadata without a path can mean.
    private static Optional<Route> only(PolicyDocument document, Predicate<Route> condition) {
        var candidates = document.routes().values().stream()
                .filter(condition)
                .filter(route -> route.authentication() != Authentication.OPEN)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    private Optional<String> origin(Peer peer, Authority authority) {
        return config.publicUrl()
                .or(() -> isLoopback(authority)
                                || (config.publicHosts().contains(authority.host())
                                        && isAtOwnPort(authority, peer.scheme()))
                        ? Optional.of(authority.origin(peer.scheme()))
                        : Optional.empty());
    }

    private boolean isOwn(Authority authority) {
        return config.publicHosts().contains(authority.host()) || isLoopback(authority);
    }

    /// Where nobody but this machine connects, a port can be mapped at will.
    private boolean isLoopback(Authority authority) {
        return LOOPBACK_NAMES.contains(authority.host()) && config.mayServeOpenRoutes();
    }

    /// Another port of the same host may be another service, whose tokens are not for this one. A port that
    /// is mapped by others has to be said in `publicUrl`.
    private boolean isAtOwnPort(Authority authority, String scheme) {
        var port = authority.port();
        return port.isEmpty()
                || port.getAsInt() == (scheme.equals("https") ? HTTPS : HTTP)
                || port.getAsInt() == config.listen().getPort()
                || config.publicUrl()
                        .map(url -> URI.create(url).getPort() == port.getAsInt())
                        .orElse(false);
    }

    /// Who encrypts the gateway's own name encrypts its other names.
    private String schemeOf(Peer peer) {
        return config.publicUrl().map(url -> URI.create(url).getScheme()).orElse(peer.scheme());
    }

    private static boolean isHostOfRoute(Authority authority, PolicyDocument document) {
        return document.answersAt(authority.host());
    }
}
