package dev.portcullis.console.publication.ui;

import dev.portcullis.console.components.MomentPicker;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/// A time to come, in UTC like all times of the console.
final class TimeField extends MomentPicker {
    private static final long serialVersionUID = 1L;

    TimeField(String label) {
        super(label, Duration.ofMinutes(5));
        setHelperText("UTC");
        setTimeAriaLabel(label + ", time in UTC");
    }

    Optional<OffsetDateTime> time() {
        return moment();
    }
}
