package dev.portcullis.console.ends;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When something ends by itself.
public record End(OffsetDateTime at) {
    /// How long before it an end is called to attention.
    public static final Duration SOON = Duration.ofDays(14);

    /// What ends later than this was meant to have no end, or mistyped.
    static final Duration LONGEST = Duration.ofDays(3_653);

    public End {
        at = at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    }

    /// An end that somebody wishes now.
    ///
    /// @throws IllegalArgumentException when it has passed, or is more than ten years away
    public static End wished(OffsetDateTime at, Instant now) {
        if (at.toInstant().isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException("expiresAt: " + at + " (expected: within ten years, or no end)");
        }
        var end = new End(at);
        if (end.isOver(now)) {
            throw new IllegalArgumentException("expiresAt: " + at + " (expected: a time to come)");
        }
        return end;
    }

    /// An end as programs write it.
    ///
    /// @throws IllegalArgumentException when it is no time
    public static OffsetDateTime read(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expiresAt: " + text + " (expected: a time such as 2027-01-31T00:00:00Z)", e);
        }
    }

    public boolean isOver(Instant now) {
        return !at.toInstant().isAfter(now);
    }

    /// Whether it comes within [#SOON].
    public boolean isSoon(Instant now) {
        return !isOver(now) && !at.toInstant().isAfter(now.plus(SOON));
    }

    /// As records of changes have it.
    public static String recorded(Optional<OffsetDateTime> end) {
        return end.map(at -> new End(at).at().toInstant().toString()).orElse("no end");
    }
}
