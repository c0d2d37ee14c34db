package dev.portcullis.console.evidence;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// What an archive of evidence is about.
///
/// @param from inclusive, in UTC
/// @param to exclusive, in UTC
public record EvidencePeriod(OffsetDateTime from, OffsetDateTime to) {
    /// A year and what a month may be longer than another.
    public static final Duration LONGEST = Duration.ofDays(400);

    /// @throws IllegalArgumentException when it has no moment, or too many
    public EvidencePeriod {
        from = from.withOffsetSameInstant(ZoneOffset.UTC);
        to = to.withOffsetSameInstant(ZoneOffset.UTC);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from: " + from + " (expected: before to)");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "to: " + to + " (expected: at most " + LONGEST.toDays() + " days after from)");
        }
    }

    /// `portcullis-evidence-2026-11-01-to-2026-12-01.zip`
    public String fileName() {
        return "portcullis-evidence-" + from.toLocalDate() + "-to-" + to.toLocalDate() + ".zip";
    }
}
