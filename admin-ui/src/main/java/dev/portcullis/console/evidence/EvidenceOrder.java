package dev.portcullis.console.evidence;

import java.util.Optional;

/// What somebody wants as evidence.
///
/// @param arguments whether calls come with what callers have sent and were answered, and their chains whole
/// @param reason for the record; needed with arguments
public record EvidenceOrder(EvidencePeriod period, boolean arguments, Optional<String> reason) {
    public static final int LONGEST = 1_000;

    /// @throws IllegalArgumentException when the reason is missing or too long
    public EvidenceOrder {
        reason = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (reason.map(String::length).orElse(0) > LONGEST) {
            throw new IllegalArgumentException("reason: too long (expected: at most " + LONGEST + " characters)");
        }
        if (arguments && reason.isEmpty()) {
            throw new IllegalArgumentException("reason: (expected: why arguments and results are wanted)");
        }
    }
}
