package dev.portcullis.console.components;

import dev.portcullis.console.ends.End;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Asks for the last day of something, in UTC; none is for no end. An end that is shown and left alone stays as it is,
/// to the second.
public final class EndField extends DayPicker {
    private static final long serialVersionUID = 1L;

    private transient Optional<OffsetDateTime> shown = Optional.empty();
    /// Whether what is wrong with it was said by somebody else than the field itself.
    private boolean isRefused;

    public EndField(Clock clock, String help) {
        super("Last day (UTC, optional)");
        setI18n(new DatePickerI18n()
                .setBadInputErrorMessage("Not a day: 2027-01-31 is one.")
                .setMinErrorMessage("The last day must not be over."));
        setMin(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        setPlaceholder("No end");
        setClearButtonVisible(true);
        setWidthFull();
        setHelperText(help);
        addValueChangeListener(_ -> isRefused = false);
    }

    /// Begins with an end that there is.
    public void show(Optional<OffsetDateTime> end) {
        shown = end;
        setValue(lastDay(end).orElse(null));
    }

    /// The end that is wished: the first moment after the day.
    ///
    /// @throws IllegalArgumentException when there is something else than a day
    public Optional<OffsetDateTime> end() {
        var day = Optional.ofNullable(getValue());
        if (isInvalid() && !isRefused) {
            throw new IllegalArgumentException("expiresAt: (expected: a day to come, or none)");
        }
        if (day.equals(lastDay(shown))) {
            return shown;
        }
        return day.map(last -> last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    /// Says what is wrong with it.
    public void refuse(String why) {
        isRefused = isRefused || !isInvalid();
        setErrorMessage(why);
        setInvalid(true);
        focus();
    }

    private static Optional<LocalDate> lastDay(Optional<OffsetDateTime> end) {
        return end.map(at -> new End(at).at().minusSeconds(1).toLocalDate());
    }
}
