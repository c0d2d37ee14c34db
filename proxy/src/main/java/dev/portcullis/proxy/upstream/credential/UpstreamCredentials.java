package dev.portcullis.proxy.upstream.credential;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.upstream.credential.CredentialException.Kind;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.UpstreamCredential;
import dev.portcullis.secrets.UpstreamCredential.ClientCredentials;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import dev.portcullis.secrets.UpstreamCredential.StaticHeader;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The credentials that the gateway shows upstreams, by name, as the database has them. Tokens that were
/// got with them are kept in memory, by each replica for itself. Safe for all threads; never waits.
public final class UpstreamCredentials {
    private final OutboundHttp http;
    private final Clock clock;
    private final Executor threads;
    private final Consumer<String> counter;
    private volatile Map<String, Ready> ready = Map.of();

    /// @param http the way to token endpoints
    /// @param threads virtual ones, for what has to wait
    /// @param counter hears the outcome of each request for a token: `fetched`, `refused`, `unavailable`
    public UpstreamCredentials(OutboundHttp http, Clock clock, Executor threads, Consumer<String> counter) {
        this.http = http;
        this.clock = clock;
        this.threads = threads;
        this.counter = counter;
    }

    /// A credential as it was found in the database.
    ///
    /// @param version another one whenever anything about it has changed
    /// @param credential absent when it cannot be decrypted here
    public record Found(String version, Optional<UpstreamCredential> credential) {}

    /// What goes upstream.
    ///
    /// @param name of the header
    /// @param renewable whether another value may be had when this one is refused
    public record Header(String name, Secret value, boolean renewable, Secret origin) {}

    /// Puts others in the place of those that were known. Tokens of unchanged ones are kept.
    public void replace(Map<String, Found> found) {
        var before = ready;
        var after = new HashMap<String, Ready>();
        found.forEach((name, one) -> {
            var known = before.get(name);
            after.put(name, known != null && known.version.equals(one.version()) ? known : prepare(one));
        });
        ready = Map.copyOf(after);
    }

    /// What to show an upstream with the credential of this name; fails with a [CredentialException].
    ///
    /// @param target whom it will be shown to
    public CompletionStage<Header> header(String name, URI target) {
        var found = ready.get(name);
        if (found == null) {
            return failed(Kind.MISSING, "there is no credential " + name);
        }
        if (!found.mayBeShownTo(target)) {
            return failed(Kind.FORBIDDEN, name + " may not be shown to " + target.getHost());
        }
        return found.header.get();
    }

    /// The upstream answered 401 to this header.
    ///
    /// @return whether [#header] may give another one now
    public boolean refused(String name, Header header) {
        var found = ready.get(name);
        return found != null && header.renewable() && found.refused.test(header.origin());
    }

    /// @param upstreams the origins that may be shown it; unknown when it cannot be read anyway
    private record Ready(String version, Optional<Set<String>> upstreams, Source header, RefusalRule refused) {
        boolean mayBeShownTo(URI target) {
            return upstreams
                    .map(known -> CredentialSettings.origin(target)
                            .filter(known::contains)
                            .isPresent())
                    .orElse(true);
        }
    }

    private interface Source {
        CompletionStage<Header> get();
    }

    private interface RefusalRule {
        boolean test(Secret token);
    }

    private Ready prepare(Found found) {
        return found.credential()
                .map(credential -> switch (credential) {
                    case StaticHeader fixed -> fixed(found.version(), fixed);
                    case PortToken port -> tokens(found.version(), port, TokenEndpoint.of(port, http));
                    case ClientCredentials client -> tokens(found.version(), client, TokenEndpoint.of(client, http));
                })
                .orElseGet(() -> new Ready(
                        found.version(),
                        Optional.empty(),
                        () -> failed(Kind.UNAVAILABLE, "it cannot be decrypted with this secrets.key"),
                        token -> false));
    }

    private static Ready fixed(String version, StaticHeader fixed) {
        var header = new Header(fixed.header(), fixed.secret(), false, fixed.secret());
        return new Ready(
                version,
                Optional.of(Set.copyOf(fixed.upstreams())),
                () -> CompletableFuture.completedStage(header),
                token -> false);
    }

    private Ready tokens(String version, UpstreamCredential credential, TokenEndpoint endpoint) {
        var source = new TokenSource(endpoint, clock, threads, counter);
        return new Ready(
                version,
                Optional.of(Set.copyOf(credential.upstreams())),
                () -> source.current()
                        .thenApply(token ->
                                new Header("authorization", new Secret("Bearer " + token.reveal()), true, token)),
                source::refused);
    }

    private static CompletionStage<Header> failed(Kind kind, String detail) {
        return CompletableFuture.failedStage(new CredentialException(kind, detail));
    }
}
