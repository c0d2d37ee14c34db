package dev.portcullis.proxy.sync;

import java.time.Instant;
import java.util.Optional;

/// What a replica tells of itself with its heartbeat, so that somebody hears of it in time.
///
/// @param trailFill how much of the room for records on their way is taken, 0 to 1; at 1 nothing is forwarded
/// @param certificateEnds when the first of the listener's certificates ends; empty without TLS
public record ReplicaCondition(double trailFill, Optional<Instant> certificateEnds) {
    public ReplicaCondition {
        if (!(trailFill >= 0 && trailFill <= 1)) {
            throw new IllegalArgumentException("trailFill: " + trailFill + " (expected: 0 to 1)");
        }
    }

    /// That of a replica with nothing to tell.
    public static ReplicaCondition usual() {
        return new ReplicaCondition(0, Optional.empty());
    }
}
