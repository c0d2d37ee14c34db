package dev.portcullis.console.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// How long an admin wants records kept, and why.
///
/// @param retention in whole days
public record RetentionOrder(Retention retention, String reason) {
    public static final int LONGEST_REASON = 1_000;

    public RetentionOrder {
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "reason: " + reason.length() + " characters (expected: 1 to " + LONGEST_REASON + ")");
        }
        Stream.concat(Stream.of(retention.usual()), retention.organizations().values().stream())
                .flatMap(Optional::stream)
                .filter(term -> !term.equals(Duration.ofDays(term.toDays())))
                .findFirst()
                .ifPresent(term -> {
                    throw new IllegalArgumentException("retention: " + term + " (expected: whole days)");
                });
    }
}
