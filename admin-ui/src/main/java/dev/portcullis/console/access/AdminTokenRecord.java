package dev.portcullis.console.access;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An admin token without its secret.
public record AdminTokenRecord(
        UUID id, String name, List<String> roles, OffsetDateTime createdAt, Optional<OffsetDateTime> revokedAt) {
    public AdminTokenRecord {
        roles = List.copyOf(roles);
    }
}
