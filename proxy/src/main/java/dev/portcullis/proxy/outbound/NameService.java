package dev.portcullis.proxy.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Finds the addresses of a host. Does not wait; safe for all threads.
public interface NameService {
    /// All addresses of a name, or the one that a literal says; fails with an [UnknownHostException].
    CompletableFuture<List<InetAddress>> addresses(String host);

    /// The one of the operating system, in the way Java asks it. It waits, so it runs on threads of its
    /// own; Java's cache makes the usual case quick.
    ///
    /// @param threads virtual ones
    static NameService ofSystem(Executor threads) {
        return host -> {
            var result = new CompletableFuture<List<InetAddress>>();
            threads.execute(() -> {
                try {
                    result.complete(List.of(InetAddress.getAllByName(host)));
                } catch (UnknownHostException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            return result;
        };
    }
}
