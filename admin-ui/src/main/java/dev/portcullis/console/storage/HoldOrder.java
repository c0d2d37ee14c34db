package dev.portcullis.console.storage;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody wants kept.
///
/// @param from inclusive
/// @param to exclusive
public record HoldOrder(
        Optional<String> organization, Optional<OffsetDateTime> from, Optional<OffsetDateTime> to, String reason) {
    public static final int LONGEST = 1_000;
    private static final int LAST_YEAR = 9_999;

    public HoldOrder {
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "reason: " + reason.length() + " characters (expected: 1 to " + LONGEST + ")");
        }
        if (organization.map(name -> name.isBlank() || name.length() > LONGEST).orElse(false)) {
            throw new IllegalArgumentException("organization: (expected: a name, or none for everything)");
        }
        Stream.of(from, to)
                .flatMap(Optional::stream)
                .filter(time -> time.getYear() < 1 || time.getYear() > LAST_YEAR)
                .findFirst()
                .ifPresent(time -> {
                    throw new IllegalArgumentException(
                            time + " (expected: a time of the years 1 to " + LAST_YEAR + ")");
                });
        var end = to;
        from.filter(start -> end.map(moment -> !start.isBefore(moment)).orElse(false))
                .ifPresent(start -> {
                    throw new IllegalArgumentException("from: " + start + " (expected: before to)");
                });
    }

    /// What it is about, in one line for records.
    public String describe() {
        return describe(organization, from, to);
    }

    static String describe(Optional<String> organization, Optional<OffsetDateTime> from, Optional<OffsetDateTime> to) {
        return organization.map(name -> "organization " + name).orElse("everything") + ", from "
                + from.map(OffsetDateTime::toString).orElse("ever since") + " to "
                + to.map(OffsetDateTime::toString).orElse("no end");
    }
}
