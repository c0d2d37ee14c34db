package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// A time to come, in UTC like all times of the console.
final class TimeField extends DateTimePicker {
    private static final long serialVersionUID = 1L;

    TimeField(String label) {
        super(label);
        setHelperText("UTC");
        setStep(Duration.ofMinutes(5));
        setDatePickerI18n(new DatePicker.DatePickerI18n().setDateFormat("yyyy-MM-dd"));
        setDateAriaLabel(label + ", date");
        setTimeAriaLabel(label + ", time in UTC");
    }

    Optional<OffsetDateTime> time() {
        return Optional.ofNullable(getValue()).map(time -> time.atOffset(ZoneOffset.UTC));
    }
}
