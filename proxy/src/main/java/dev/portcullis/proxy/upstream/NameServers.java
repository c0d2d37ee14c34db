package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.outbound.NameService;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks configured name servers in place of the operating system's. In a company whose DNS leads the
/// names of upstreams to the gateway, so that laptops need no change, the gateway itself has to find the
/// real ones.
///
/// Names without a dot, such as those of containers, are the system's business all the same. Answers are
/// kept as long as they say. Safe for all threads.
public final class NameServers implements NameService, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_TTL_SECONDS = 300;

    private final NameService system;
    private final MultiThreadIoEventLoopGroup thread;
    private final DnsNameResolver resolver;

    /// @param servers asked in this order
    /// @param system for names without a dot
    public NameServers(List<InetSocketAddress> servers, NameService system) {
        this.system = system;
        this.thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        this.resolver = new DnsNameResolverBuilder(thread.next())
                .datagramChannelType(NioDatagramChannel.class)
                // An answer that is too long for a datagram.
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers))
                .hostsFileEntriesResolver(nothing())
                .searchDomains(List.of())
                .queryTimeoutMillis(PATIENCE.toMillis())
                .ttl(0, LONGEST_TTL_SECONDS)
                .negativeTtl(1)
                .build();
    }

    @Override
    public CompletableFuture<List<InetAddress>> addresses(String host) {
        if (host.indexOf('.') < 0) {
            return system.addresses(host);
        }
        var result = new CompletableFuture<List<InetAddress>>();
        resolver.resolveAll(host).addListener((Future<List<InetAddress>> answered) -> {
            if (answered.isSuccess()) {
                result.complete(List.copyOf(answered.getNow()));
            } else {
                var unknown = new UnknownHostException(host + " is not known to proxy.upstreams.nameServers");
                unknown.initCause(answered.cause());
                result.completeExceptionally(unknown);
            }
        });
        return result;
    }

    @Override
    public void close() {
        resolver.close();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /// The file of hosts may lead to the gateway as well.
    private static HostsFileEntriesResolver nothing() {
        return (name, types) -> null;
    }
}
