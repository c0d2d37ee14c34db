package dev.portcullis.proxy.outbound;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.Upstreams;
import org.apache.hc.client5.http.DnsResolver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Resolves names to the addresses that may be connected to, and to no other.
final class PermittedAddresses implements DnsResolver {
    /// What leads nowhere, inside, or to several.
    ///
    /// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, special-purpose
    ///     IPv4 addresses</a>
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(PermittedAddresses::network)
            .toList();

    /// The only part of IPv6 that is global. Addresses with an IPv4 address inside are not in it, or are
    /// taken out again: Teredo and 6to4.
    private static final Network GLOBAL = network("2000::/3");

    private static final List<Network> NOT_GLOBAL = Stream.of("2001::/23", "2001:db8::/32", "2002::/16")
            .map(PermittedAddresses::network)
            .toList();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Upstreams upstreams;
    private final NameService names;
    private final Reach reach;

    PermittedAddresses(Upstreams upstreams, NameService names, Reach reach) {
        this.upstreams = upstreams;
        this.names = names;
        this.reach = reach;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var permitted = found(host).stream()
                .filter(address -> upstreams.permits(host, address, port))
                .filter(address -> reach == Reach.NAMED || isPublic(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host + " has no address that may be connected to");
        }
        return permitted;
    }

    private List<InetAddress> found(String host) throws UnknownHostException {
        try {
            return names.addresses(host).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (ExecutionException | TimeoutException e) {
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        var unknown = new UnknownHostException(host + " cannot be resolved");
        unknown.initCause(cause);
        return unknown;
    }

    /// The port decides too, so that there is no answer without it.
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException(host + " without a port");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet6Address
                ? GLOBAL.contains(address) && NOT_GLOBAL.stream().noneMatch(network -> network.contains(address))
                : NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }
}
