package dev.portcullis.console.kills;

import java.time.OffsetDateTime;
import java.util.Optional;

/// The wish to stop something.
///
/// @param reason for the record; required
/// @param message the owner's words to those it stops
/// @param until when it ends by itself
public record KillOrder(KillScope scope, String reason, Optional<String> message, Optional<OffsetDateTime> until) {
    private static final int LONGEST = 2_000;

    public KillOrder {
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw new IllegalArgumentException("reason: (expected: 1 to " + LONGEST + " characters)");
        }
        message = message.filter(words -> !words.isBlank());
        if (message.map(String::length).orElse(0) > LONGEST) {
            throw new IllegalArgumentException("message: (expected: at most " + LONGEST + " characters)");
        }
    }
}
