package dev.portcullis.proxy.upstream.credential;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.upstream.credential.CredentialException.Kind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// The token of one credential: fetched when first needed, renewed ahead of its end while the old one
/// goes on being used, never by two at once, and never oftener than the endpoint allows. Safe for all
/// threads; never waits.
final class TokenSource {
    /// Port allows 50 in 15 minutes for each client. What is left is for other replicas, and for people
    /// who use the same credential; in good order a replica needs one in hours.
    static final int REQUESTS = 16;

    static final Duration WINDOW = Duration.ofMinutes(15);

    /// A token this close to its end might be over when it arrives.
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration REST_AFTER_REFUSAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;

    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Executor threads;
    private final Consumer<String> counter;
    private final Bucket requests;

    private @Nullable Held held;
    private @Nullable CompletableFuture<Secret> fetching;
    private @Nullable CredentialException failure;
    private Instant nextAttempt = Instant.MIN;
    private Instant nextRenewal = Instant.MIN;
    private int failures;

    /// @param threads virtual ones; the endpoint is asked there
    /// @param counter hears the outcome of each request: `fetched`, `refused` or `unavailable`
    TokenSource(TokenEndpoint endpoint, Clock clock, Executor threads, Consumer<String> counter) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.threads = threads;
        this.counter = counter;
        this.requests = Bucket.builder()
                .addLimit(limit -> limit.capacity(REQUESTS).refillGreedy(REQUESTS, WINDOW))
                .withCustomTimePrecision(new ClockMeter(clock))
                .build();
    }

    private record Held(Secret value, Instant renewAt, Instant end) {}

    /// A token that is good now; fails with a [CredentialException].
    synchronized CompletionStage<Secret> current() {
        var now = clock.instant();
        var current = held;
        if (current != null && now.isBefore(current.end())) {
            if (!now.isBefore(current.renewAt()) && fetching == null && !now.isBefore(nextAttempt)) {
                fetch();
            }
            return CompletableFuture.completedStage(current.value());
        }
        if (fetching != null) {
            return fetching;
        }
        return failure != null && now.isBefore(nextAttempt) ? CompletableFuture.failedStage(failure) : fetch();
    }

    /// The upstream refused this token, although its end has not come. Another one is fetched the next
    /// time, unless that was done a moment ago already: then tokens are not what is wrong.
    ///
    /// @return whether it is worth asking with another
    synchronized boolean refused(Secret token) {
        if (held == null || held.value() != token) {
            return true;
        }
        var now = clock.instant();
        if (now.isBefore(nextRenewal)) {
            return false;
        }
        held = null;
        nextRenewal = now.plus(REST_AFTER_REFUSAL);
        return true;
    }

    private CompletableFuture<Secret> fetch() {
        var result = new CompletableFuture<Secret>();
        if (!requests.tryConsume(1)) {
            result.completeExceptionally(new CredentialException(
                    Kind.UNAVAILABLE,
                    REQUESTS + " tokens were fetched within " + WINDOW.toMinutes() + " minutes; no more for now"));
            return result;
        }
        fetching = result;
        threads.execute(() -> {
            try {
                succeed(result, endpoint.fetch());
            } catch (CredentialException e) {
                fail(result, e);
            } catch (RuntimeException | Error e) {
                // Whatever it was, nobody must wait for it for ever.
                fail(result, new CredentialException(Kind.UNAVAILABLE, e.toString()));
            }
        });
        return result;
    }

    private void succeed(CompletableFuture<Secret> result, Token token) {
        counter.accept("fetched");
        synchronized (this) {
            var now = clock.instant();
            var part = ThreadLocalRandom.current().nextDouble(0.75, 0.85);
            var life = token.life().toMillis();
            held = new Held(
                    token.value(),
                    now.plusMillis((long) (life * part)),
                    now.plusMillis(Math.max(life / 2, life - MARGIN.toMillis())));
            fetching = null;
            failure = null;
            failures = 0;
        }
        result.complete(token.value());
    }

    private void fail(CompletableFuture<Secret> result, CredentialException cause) {
        var isRefused = cause.kind() == Kind.REFUSED;
        counter.accept(isRefused ? "refused" : "unavailable");
        synchronized (this) {
            failures++;
            failure = cause;
            fetching = null;
            nextAttempt = clock.instant().plus(isRefused ? REST_AFTER_REFUSAL : pause());
        }
        result.completeExceptionally(cause);
    }

    /// Longer each time, and never quite the same for two replicas.
    private Duration pause() {
        var millis = 500L << Math.min(failures, DOUBLINGS);
        var jittered = (long) (millis * ThreadLocalRandom.current().nextDouble(0.5, 1));
        return Duration.ofMillis(Math.min(jittered, LONGEST_PAUSE.toMillis()));
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
