package dev.portcullis.console.components;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Asks for a moment, in UTC and written as all times of the console are: `2026-11-27` and `16:30`, whatever the
/// browser's language is. Calendar
/// and times are behind their buttons.
public class MomentPicker extends DateTimePicker {
    private static final long serialVersionUID = 1L;

    private transient Optional<OffsetDateTime> shown = Optional.empty();

    /// @param label with the time's zone, for instance `From (UTC)`
    /// @param step between the times that are offered
    public MomentPicker(String label, Duration step) {
        super(label);
        setLocale(DayPicker.ISO);
        // For the reason that DayPicker has.
        setAutoOpen(false);
        setStep(step);
        setDateAriaLabel(label + ", date");
        setTimeAriaLabel(label + ", time");
    }

    /// What is chosen; empty as long as date or time is missing. What was shown and is still there keeps its seconds,
    /// which nobody sees.
    public Optional<OffsetDateTime> moment() {
        var chosen = Optional.ofNullable(getValue());
        return shown.map(MomentPicker::toTheMinute).equals(chosen)
                ? shown
                : chosen.map(time -> time.atOffset(ZoneOffset.UTC));
    }

    /// Shows a moment, to the minute.
    public void show(Optional<OffsetDateTime> moment) {
        shown = moment;
        setValue(moment.map(MomentPicker::toTheMinute).orElse(null));
    }

    private static LocalDateTime toTheMinute(OffsetDateTime moment) {
        return moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
    }
}
