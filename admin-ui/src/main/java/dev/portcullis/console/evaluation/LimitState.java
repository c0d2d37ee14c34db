package dev.portcullis.console.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Instant;
import java.util.Optional;

/// What is left of a limit for one request, which has not paid.
///
/// @param mode `enforce` or `observe`
/// @param left how many more such calls it allows at this moment
/// @param fullAt when it allows all of them again if nobody calls; empty when it does now
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LimitState(
        String rule, String mode, long calls, String per, String by, long left, Optional<Instant> fullAt) {}
