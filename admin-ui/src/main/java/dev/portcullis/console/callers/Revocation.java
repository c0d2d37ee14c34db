package dev.portcullis.console.callers;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// Something that was taken back before its own end.
///
/// @param subject of a session, the digest of its id; of a grant, the caller as policies name them
/// @param revokedAt since when; of a grant, what was issued before is refused
/// @param endsAt until when, unless it is lifted before
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Revocation(
        UUID id,
        RevocationOrder.Kind kind,
        String subject,
        String reason,
        String revokedBy,
        OffsetDateTime revokedAt,
        OffsetDateTime endsAt,
        Optional<String> liftedBy,
        Optional<OffsetDateTime> liftedAt) {

    public boolean isInForce(Instant now) {
        return liftedAt.isEmpty() && now.isBefore(endsAt.toInstant());
    }
}
