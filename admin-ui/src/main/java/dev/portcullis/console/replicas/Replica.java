package dev.portcullis.console.replicas;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A proxy replica as it reports itself.
///
/// @param policyVersion the version it enforces; absent before its first
/// @param kills the engaged kills it obeys
public record Replica(
        String replica,
        Optional<Long> policyVersion,
        List<ObeyedKill> kills,
        OffsetDateTime startedAt,
        OffsetDateTime heartbeatAt) {
    public Replica {
        kills = List.copyOf(kills);
    }

    /// @param id the kill
    public record ObeyedKill(UUID id, OffsetDateTime obeyedAt) {}
}
