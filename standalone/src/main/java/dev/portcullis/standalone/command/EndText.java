package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.CannotStart;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;

/// When something is to end, as it is typed.
final class EndText {
    static final String FORMS = "90d, 2027-01-31 or 2027-01-31T12:00:00Z";

    private EndText() {}

    /// @param option for what is said when it is none of the forms
    /// @param text days from now, the last day, or the moment
    static Instant read(String option, String text, Clock clock) {
        try {
            if (text.matches("[1-9][0-9]{0,4}d")) {
                return clock.instant().plus(Period.ofDays(Integer.parseInt(text.substring(0, text.length() - 1))));
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new CannotStart(option + " " + text + " (expected: " + FORMS + ")", e);
        }
    }
}
