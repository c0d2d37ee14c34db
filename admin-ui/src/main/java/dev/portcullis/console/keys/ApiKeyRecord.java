package dev.portcullis.console.keys;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A key as everybody may see it: neither the key nor its hash.
///
/// @param prefix how the key begins, after `pck_`
/// @param routes what it is good for; empty for every route
/// @param lastUsedAt to the minute
public record ApiKeyRecord(
        UUID id,
        String name,
        String prefix,
        Optional<List<String>> routes,
        List<String> groups,
        List<String> networks,
        Optional<OffsetDateTime> expiresAt,
        String createdBy,
        OffsetDateTime createdAt,
        Optional<String> revokedBy,
        Optional<OffsetDateTime> revokedAt,
        Optional<OffsetDateTime> lastUsedAt,
        Optional<String> lastUsedAddress) {}
