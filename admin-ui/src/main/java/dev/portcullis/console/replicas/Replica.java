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
public record Replica(
        String replica,
        Optional<Long> policyVersion,
        List<ObeyedKill> kills,
        OffsetDateTime startedAt,
        OffsetDateTime heartbeatAt,
        Optional<Trail> trail) {
    public Replica {
        kills = List.copyOf(kills);
    }

    /// Whether it has been heard of lately.
    public boolean isAlive(Instant now) {
        return heartbeatAt.toInstant().isAfter(now.minus(ReplicaService.SILENCE));
    }

    /// Its chain of records in the database. What it holds in its own journal it tells its metrics, not the database.
    ///
    /// @param records how many the chain has
    /// @param signed how many of them the newest checkpoint signs
    /// @param signedAt when that was made
    public record Trail(long records, long signed, Optional<OffsetDateTime> signedAt) {}

    /// @param id the kill
    public record ObeyedKill(UUID id, OffsetDateTime obeyedAt) {}
}
