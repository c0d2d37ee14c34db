package dev.portcullis.sandbox.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How often a client may ask for tokens, with [Fault#TOKEN_LIMIT]; as often as it likes without.
///
/// It counts in windows of 15 minutes that begin with a client's first request, for [#CAPACITY] clients
/// at most. Thread-safe.
final class TokenLimit {

    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int CAPACITY = 1_000;

    private final Clock clock;
    private final int requests;
    private final Bounded<Window> windows = new Bounded<>(CAPACITY);

    TokenLimit(Clock clock, Faults faults) {
        this.clock = clock;
        this.requests = faults.number(Fault.TOKEN_LIMIT, Integer.MAX_VALUE);
    }

    /// Counts a request.
    ///
    /// @return how long to wait, when it is one too many
    synchronized Optional<Duration> count(String client) {
        var now = clock.instant();
        var window = windows.find(client)
                .filter(one -> now.isBefore(one.end()))
                .orElseGet(() -> new Window(now.plus(WINDOW), 0));
        if (window.count() >= requests) {
            return Optional.of(Duration.between(now, window.end()));
        }
        windows.put(client, new Window(window.end(), window.count() + 1));
        return Optional.empty();
    }

    private record Window(Instant end, int count) {}
}
