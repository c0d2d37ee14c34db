package dev.portcullis.console.kills;

import dev.portcullis.policy.Kill;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A kill, engaged or over.
///
/// @param message the owner's words to those it stops
/// @param until when it ends by itself
/// @param acknowledgements which replicas obey it, and since when
public record KillRecord(
        UUID id,
        KillScope scope,
        String reason,
        Optional<String> message,
        Optional<OffsetDateTime> until,
        String engagedBy,
        OffsetDateTime engagedAt,
        Optional<String> releasedBy,
        Optional<OffsetDateTime> releasedAt,
        List<Acknowledgement> acknowledgements) {
    public KillRecord {
        acknowledgements = List.copyOf(acknowledgements);
    }

    /// A replica's word that it obeys.
    public record Acknowledgement(String replica, OffsetDateTime obeyedAt) {}

    /// The same as the policy takes it.
    public Kill toKill() {
        return new Kill(id, scope.toScope(), reason, message, until.map(OffsetDateTime::toInstant));
    }

    /// Whether it stops anything at this moment.
    public boolean isEngaged(Instant now) {
        return releasedAt.isEmpty()
                && until.map(end -> end.toInstant().isAfter(now)).orElse(true);
    }
}
