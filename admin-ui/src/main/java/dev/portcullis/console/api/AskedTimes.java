package dev.portcullis.console.api;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Times that somebody asks for, in a request or in an address. What cannot be read is told, never left out: the answer
/// would have more than was asked for.
public final class AskedTimes {
    /// How such a time is written.
    public static final String EXPECTED = "a time such as 2026-11-27T10:00:00Z";

    /// What the beginning is, for who reads the API.
    public static final String FROM = "The earliest time, inclusive, such as 2026-11-27T10:00:00Z";

    /// What the end is.
    public static final String TO = "The latest time, exclusive; not before `from`";

    /// The database has no place for all that can be written.
    private static final int LAST_YEAR = 9_999;

    private AskedTimes() {}

    /// Empty for what is no time.
    public static Optional<OffsetDateTime> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text)).filter(AskedTimes::hasYear);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// Checks the two ends of what is asked for.
    ///
    /// @throws BadRequestException when one is out of all bounds, or `to` is before `from`
    public static void check(Optional<OffsetDateTime> from, Optional<OffsetDateTime> to) {
        checkYear("from", from);
        checkYear("to", to);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new BadRequestException("to: " + to.get() + " (expected: not before from, " + from.get() + ")");
        }
    }

    private static void checkYear(String name, Optional<OffsetDateTime> time) {
        if (!time.map(AskedTimes::hasYear).orElse(true)) {
            throw new BadRequestException(name + ": " + time.get() + " (expected: " + EXPECTED + ")");
        }
    }

    private static boolean hasYear(OffsetDateTime time) {
        return time.getYear() > 0 && time.getYear() <= LAST_YEAR;
    }
}
