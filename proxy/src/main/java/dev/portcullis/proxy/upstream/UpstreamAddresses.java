package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.outbound.NameService;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/// Finds the address of an upstream, and refuses the ones no document may lead to.
///
/// The check is made on the resolved address that is then connected to, so that a name cannot point
/// elsewhere in between.
final class UpstreamAddresses {
    private final Upstreams settings;
    private final NameService names;

    UpstreamAddresses(Upstreams settings, NameService names) {
        this.settings = settings;
        this.names = names;
    }

    /// The address to connect to; fails with [ForbiddenAddress] or [UnknownHostException].
    CompletableFuture<InetSocketAddress> resolve(Origin origin) {
        return names.addresses(origin.host())
                .thenCompose(addresses -> addresses.stream()
                        .filter(address -> origin.sandbox() || settings.permits(origin.host(), address, origin.port()))
                        .findFirst()
                        .map(address ->
                                CompletableFuture.completedFuture(new InetSocketAddress(address, origin.port())))
                        .orElseGet(() -> CompletableFuture.failedFuture(new ForbiddenAddress(origin))));
    }

    /// The upstream's name leads to an address the gateway does not connect to.
    static final class ForbiddenAddress extends Exception {
        ForbiddenAddress(Origin origin) {
            super(origin.authority() + " leads to an address that upstreams may not have", null, false, false);
        }
    }
}
