package dev.portcullis.bench.identity;

import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import dev.portcullis.proxy.identity.Revocations;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

/// The authenticator of a replica, wired as a replica wires it.
final class MeasuredAuthenticator implements AutoCloseable {
    /// The most that can be configured: wrong keys must be looked at, and not slowed down.
    private static final int FAILURES = 1_000_000;

    private final ExecutorService waiting = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("waiting-", 0).factory());
    private final OutboundHttp http;
    private final Authenticator authenticator;

    /// @param loopback `host:port` of the identity providers on this machine
    MeasuredAuthenticator(ApiKeys keys, List<IssuerSettings> issuers, Set<String> loopback) {
        try {
            var upstreams =
                    new Upstreams(Optional.empty(), loopback, Duration.ofSeconds(5), 1, Optional.empty(), List.of());
            http = new OutboundHttp(upstreams, NameService.ofSystem(waiting), SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
        var revocations = new Revocations(Clock.systemUTC());
        revocations.replace(List.of(), List.of());
        authenticator = new Authenticator(
                new IdentitySettings(issuers, List.of(), FAILURES),
                keys,
                revocations,
                http,
                Clock.systemUTC(),
                waiting,
                new byte[32]);
    }

    /// Somebody, and awaits it where that takes another thread.
    ///
    /// @throws IllegalStateException when it is nobody, so that nothing else is measured by mistake
    Identification known(Presented presented) {
        var answer = authenticator.identify(presented);
        var settled = answer instanceof Identification.Pending pending
                ? pending.settled().toCompletableFuture().join()
                : answer;
        if (settled instanceof Identification.Known) {
            return settled;
        }
        throw new IllegalStateException(settled + " (expected: somebody)");
    }

    /// Nobody.
    ///
    /// @throws IllegalStateException when it is somebody, or was not looked at
    Identification unknown(Presented presented) {
        var answer = authenticator.identify(presented);
        if (answer instanceof Identification.Unknown) {
            return answer;
        }
        throw new IllegalStateException(answer + " (expected: nobody)");
    }

    @Override
    public void close() throws IOException {
        http.close();
        waiting.close();
    }
}
