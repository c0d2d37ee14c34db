package dev.portcullis.proxy.config;

import dev.portcullis.policy.document.Network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a replica's operator says about upstreams. Which upstream a route has is the policy document's
/// business.
///
/// @param sandboxUrl where routes to the `sandbox` lead; `{route}` in it stands for the route's name
/// @param allowedLoopback `host:port` of the loopback upstreams that documents may name; all others are
///     refused
/// @param connectTimeout how long a connection, with its TLS handshake, may take
/// @param connectionsPerHost how many connections to one upstream host may be open at once
/// @param authorities a PEM file of certificate authorities that are trusted for upstreams besides those
///     of the Java runtime
/// @param nameServers asked for the addresses of upstreams and identity providers; none for the
///     operating system's
/// @param allowedNetworks where upstreams and identity providers may be besides the public network: parts
///     of private networks and of other ranges that are not public
public record Upstreams(
        Optional<String> sandboxUrl,
        Set<String> allowedLoopback,
        Duration connectTimeout,
        int connectionsPerHost,
        Optional<Path> authorities,
        List<InetSocketAddress> nameServers,
        Set<Network> allowedNetworks) {
    static final Range<Duration> CONNECT_TIMEOUT = new Range<>(Duration.ofMillis(50), Duration.ofMinutes(2));
    static final Range<Integer> CONNECTIONS_PER_HOST = new Range<>(1, 100_000);

    /// Expected of an entry of `allowedNetworks`.
    static final String ALLOWED_NETWORK = "part of one range that is not public, such as 10.0.0.0/8 or fd00::/8;"
            + " upstreams on this machine are listed in allowedLoopback";

    private static final String ROUTE = "{route}";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:[a-z0-9.-]+|\\[[0-9a-f:.]+]):[1-9][0-9]{0,4}");

    public Upstreams {
        sandboxUrl.ifPresent(url -> check(url, sandbox(url, "route-1")));
        allowedLoopback = allowedLoopback.stream()
                .map(entry -> checkedHostAndPort(entry.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        CONNECT_TIMEOUT.check("connectTimeout", connectTimeout);
        CONNECTIONS_PER_HOST.check("connectionsPerHost", connectionsPerHost);
        nameServers = List.copyOf(nameServers);
        allowedNetworks = Set.copyOf(allowedNetworks);
        allowedNetworks.stream()
                .filter(network -> !AddressRange.mayOpen(network))
                .findFirst()
                .ifPresent(network -> {
                    throw Range.wrong("allowedNetworks", network, ALLOWED_NETWORK);
                });
    }

    /// Upstreams in no private network.
    public Upstreams(
            Optional<String> sandboxUrl,
            Set<String> allowedLoopback,
            Duration connectTimeout,
            int connectionsPerHost,
            Optional<Path> authorities,
            List<InetSocketAddress> nameServers) {
        this(sandboxUrl, allowedLoopback, connectTimeout, connectionsPerHost, authorities, nameServers, Set.of());
    }

    public static Upstreams defaults() {
        return new Upstreams(Optional.empty(), Set.of(), Duration.ofSeconds(5), 1_000, Optional.empty(), List.of());
    }

    /// Where the sandbox serves a route; absent when this replica has no sandbox.
    public Optional<URI> sandbox(String route) {
        return sandboxUrl.map(url -> sandbox(url, route));
    }

    /// Whether a document may lead a route to this address. Loopback addresses need the operator's
    /// leave for the host and port, other addresses that are not public for the network; a translated
    /// address (NAT64) is judged as the one it leads to. Multicast and other ways to IPv4 addresses are
    /// never permitted.
    ///
    /// @param host the host as the upstream's URI names it
    /// @param resolved the address that is about to be connected to
    public boolean permits(String host, InetAddress resolved, int port) {
        if (resolved.isLoopbackAddress() || resolved.isAnyLocalAddress()) {
            return allowedLoopback.contains(authority(host, port));
        }
        var reached = AddressRange.reached(resolved);
        return AddressRange.of(reached)
                .map(range -> allowedNetworks.stream().anyMatch(entry -> range.isOpenedBy(entry, reached)))
                .orElse(true);
    }

    /// Whether everybody may know what is at the address.
    public static boolean isPublic(InetAddress address) {
        return AddressRange.of(AddressRange.reached(address)).isEmpty();
    }

    /// An IPv6 literal may come with its brackets or without them.
    private static String authority(String host, int port) {
        var name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return name.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static URI sandbox(String url, String route) {
        try {
            return new URI(url.replace(ROUTE, route));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("sandboxUrl: " + url + " (expected: an http or https URL)", e);
        }
    }

    private static void check(String url, URI example) {
        var scheme = example.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || example.getHost() == null) {
            throw Range.wrong("sandboxUrl", url, "an http or https URL");
        }
    }

    private static String checkedHostAndPort(String entry) {
        if (!HOST_AND_PORT.matcher(entry).matches()
                || Integer.parseInt(entry.substring(entry.lastIndexOf(':') + 1)) > 65_535) {
            throw Range.wrong("allowedLoopback", entry, "host:port");
        }
        return entry;
    }
}
