package dev.portcullis.proxy.outbound;

import dev.portcullis.proxy.config.Upstreams;
import org.apache.hc.client5.http.DnsResolver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Resolves names to the addresses that may be connected to, and to no other.
final class PermittedAddresses implements DnsResolver {
    private final Upstreams upstreams;
    private final Reach reach;

    PermittedAddresses(Upstreams upstreams, Reach reach) {
        this.upstreams = upstreams;
        this.reach = reach;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var permitted = Arrays.stream(InetAddress.getAllByName(host))
                .filter(address -> upstreams.permits(host, address, port))
                .filter(address -> reach == Reach.NAMED || !isPrivate(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host + " has no address that may be connected to");
        }
        return permitted;
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

    private static boolean isPrivate(InetAddress address) {
        var isUniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || isUniqueLocal || isShared(address.getAddress());
    }

    /// The addresses behind a carrier's NAT, 100.64.0.0/10.
    private static boolean isShared(byte[] address) {
        return address.length == 4 && address[0] == 100 && (address[1] & 0xc0) == 0x40;
    }
}
