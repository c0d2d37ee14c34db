package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.config.Upstreams;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Finds the address of an upstream, and refuses the ones no document may lead to.
///
/// The check is made on the resolved address that is then connected to, so that a name cannot point
/// elsewhere in between. Java's resolver waits, so it runs on threads of its own; its cache makes the
/// usual case quick.
final class UpstreamAddresses {
    private final Upstreams settings;
    private final Executor threads;

    UpstreamAddresses(Upstreams settings, Executor threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /// The address to connect to; fails with [ForbiddenAddress] or [UnknownHostException].
    CompletableFuture<InetSocketAddress> resolve(Origin origin) {
        var result = new CompletableFuture<InetSocketAddress>();
        threads.execute(() -> {
            try {
                result.complete(first(origin));
            } catch (UnknownHostException | ForbiddenAddress | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private InetSocketAddress first(Origin origin) throws UnknownHostException, ForbiddenAddress {
        var addresses = InetAddress.getAllByName(origin.host());
        return Arrays.stream(addresses)
                .filter(address -> origin.sandbox() || settings.permits(origin.host(), address, origin.port()))
                .findFirst()
                .map(address -> new InetSocketAddress(address, origin.port()))
                .orElseThrow(() -> new ForbiddenAddress(origin));
    }

    /// The upstream's name leads to an address the gateway does not connect to.
    static final class ForbiddenAddress extends Exception {
        ForbiddenAddress(Origin origin) {
            super(origin.authority() + " leads to an address that upstreams may not have", null, false, false);
        }
    }
}
