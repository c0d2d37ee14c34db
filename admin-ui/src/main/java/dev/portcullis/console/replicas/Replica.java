package dev.portcullis.console.replicas;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A proxy replica as it reports itself.
///
/// @param policyVersion the version it enforces; absent before its first
/// @param kills the engaged kills it obeys
/// @param trail how far its records have come; absent when it has none
/// @param trailFill how much of its room for records on their way is taken, 0 to 1; absent when it does not say
/// @param certificateEndsAt when the first of its listener's certificates ends; absent without TLS
public record Replica(
        String replica,
        Optional<Long> policyVersion,
        List<ObeyedKill> kills,
        OffsetDateTime startedAt,
        OffsetDateTime heartbeatAt,
        Optional<Trail> trail,
        Optional<Float> trailFill,
        Optional<OffsetDateTime> certificateEndsAt) {
    public Replica {
        kills = List.copyOf(kills);
    }

    /// Whether it has been heard of lately.
    public boolean isAlive(Instant now) {
        return heartbeatAt.toInstant().isAfter(now.minus(ReplicaService.SILENCE));
    }

    /// Its chain of records in the database.
    ///
    /// @param records how many the chain has
    /// @param signed how many of them the newest checkpoint signs
    /// @param signedAt when that was made
    public record Trail(long records, long signed, Optional<OffsetDateTime> signedAt) {}

    /// @param id the kill
    public record ObeyedKill(UUID id, OffsetDateTime obeyedAt) {}
}
