package dev.portcullis.proxy.outbound;

import dev.portcullis.proxy.config.Upstreams;
import org.apache.hc.client5.http.DnsResolver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Resolves names to the addresses that may be connected to, and to no other.
final class PermittedAddresses implements DnsResolver {
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
                .filter(address -> reach == Reach.NAMED || Upstreams.isPublic(address))
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
}
