package dev.portcullis.console.access;

import dev.portcullis.console.ends.End;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An admin token without its secret.
///
/// @param expiresAt from when it is refused; empty for one that is good until it is revoked
/// @param revision grows with every change of its end
public record AdminTokenRecord(
        UUID id,
        String name,
        List<String> roles,
        OffsetDateTime createdAt,
        Optional<OffsetDateTime> expiresAt,
        long revision,
        Optional<OffsetDateTime> revokedAt) {
    public AdminTokenRecord {
        roles = List.copyOf(roles);
    }

    /// Whether somebody can still use it.
    public boolean isGood(Instant now) {
        return revokedAt.isEmpty() && !hasEnded(now);
    }

    /// Whether it is over by itself.
    public boolean hasEnded(Instant now) {
        return expiresAt.filter(at -> new End(at).isOver(now)).isPresent();
    }
}
