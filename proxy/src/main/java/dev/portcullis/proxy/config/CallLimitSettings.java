package dev.portcullis.proxy.config;

import java.time.Duration;

/// How the limits of the policy are counted.
///
/// @param store where the buckets are
/// @param deadline how long a call waits for the shared store; beyond it, there is none
/// @param waiting how many calls may wait for it at once
/// @param buckets how many buckets a rule may have that are not full; further subjects share one
public record CallLimitSettings(Store store, Duration deadline, int waiting, int buckets) {
    static final Range<Duration> DEADLINE = new Range<>(Duration.ofMillis(10), Duration.ofSeconds(10));
    static final Range<Integer> WAITING = new Range<>(1, 1_000_000);
    static final Range<Integer> BUCKETS = new Range<>(1, 10_000_000);

    /// Where buckets are kept.
    public enum Store {
        /// In the database, one for all replicas.
        POSTGRESQL,
        /// In each replica, which counts for itself.
        LOCAL
    }

    public CallLimitSettings {
        DEADLINE.check("deadline", deadline);
        WAITING.check("waiting", waiting);
        BUCKETS.check("buckets", buckets);
    }

    public static CallLimitSettings defaults() {
        return new CallLimitSettings(Store.POSTGRESQL, Duration.ofMillis(250), 10_000, 100_000);
    }
}
