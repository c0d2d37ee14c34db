package dev.portcullis.console.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.OffsetDateTime;
import java.util.Optional;

/// An archive that somebody has made, as admin events tell of it.
///
/// @param from as it was asked for
/// @param complete whether it came to its end; absent while it is being written, or when its console died
/// @param manifest the SHA-256 of its manifest, by which a copy can be told
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MadeEvidence(
        String id,
        OffsetDateTime createdAt,
        String createdBy,
        String from,
        String to,
        boolean arguments,
        Optional<String> reason,
        Optional<Boolean> complete,
        Optional<String> manifest) {}
