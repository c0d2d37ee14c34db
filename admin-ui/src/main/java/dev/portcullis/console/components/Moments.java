package dev.portcullis.console.components;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How times and durations are written. Always UTC, so that two people, and two logs, agree.
public final class Moments {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLISECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Moments() {}

    /// `2026-11-22 20:57:41 UTC`
    public static String toTheSecond(OffsetDateTime time) {
        return SECOND.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + " UTC";
    }

    /// `2026-11-22 20:57:41.123`
    public static String exact(OffsetDateTime time) {
        return MILLISECOND.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /// `12 s ago`
    public static String ago(OffsetDateTime time, Instant now) {
        var past = Duration.between(time.toInstant(), now);
        if (past.toSeconds() < 1) {
            return "just now";
        }
        if (past.toMinutes() < 1) {
            return past.toSeconds() + " s ago";
        }
        if (past.toHours() < 1) {
            return past.toMinutes() + " min ago";
        }
        return past.toDays() < 1 ? past.toHours() + " h ago" : past.toDays() + " d ago";
    }

    /// `842 µs`, `12.3 ms`, `1.20 s`
    public static String duration(long micros) {
        if (micros < 1_000) {
            return micros + " µs";
        }
        if (micros < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
        }
        return String.format(Locale.ROOT, "%.2f s", micros / 1_000_000.0);
    }
}
