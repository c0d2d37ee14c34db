package dev.portcullis.console.tools;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.OffsetDateTime;
import java.util.Optional;

/// One definition that lists have given a tool.
///
/// @param definition `sha256:` and the hash of its canonical text
/// @param characters how long that text is
/// @param listings how many lists had it
/// @param reviewedAt when somebody last accepted it
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SeenDefinition(
        String definition,
        Optional<Boolean> readOnlyHint,
        int characters,
        OffsetDateTime firstSeenAt,
        OffsetDateTime lastSeenAt,
        long listings,
        Optional<OffsetDateTime> reviewedAt) {}
