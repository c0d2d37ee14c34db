package dev.portcullis.console.replay;

import dev.portcullis.console.policy.PolicyChoice;

import java.time.Instant;

/// What is to be replayed.
///
/// @param from the first moment
/// @param to the first moment that is outside again
/// @param policy what records are put to
/// @param baseline what its answers are compared with
/// @param samples how many exchanges are named for each group
/// @param limit how many records are read at most
public record ReplayOrder(Instant from, Instant to, PolicyChoice policy, Baseline baseline, int samples, int limit) {
    public static final int MOST_SAMPLES = 100;
    public static final int USUAL_SAMPLES = 5;
    public static final int MOST_RECORDS = 1_000_000;
    public static final int USUAL_RECORDS = 200_000;

    public ReplayOrder {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: %s (expected: before to, which is %s)".formatted(from, to));
        }
        if (samples < 0 || samples > MOST_SAMPLES) {
            throw new IllegalArgumentException("samples: %d (expected: 0 to %d)".formatted(samples, MOST_SAMPLES));
        }
        if (limit < 1 || limit > MOST_RECORDS) {
            throw new IllegalArgumentException("limit: %d (expected: 1 to %d)".formatted(limit, MOST_RECORDS));
        }
    }

    /// What a policy's answers are compared with.
    public enum Baseline {
        /// What was decided at the time.
        RECORDED,
        /// What the policy in force would decide now.
        PUBLISHED
    }
}
