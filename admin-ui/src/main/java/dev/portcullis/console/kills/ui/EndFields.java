package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// When a kill ends by itself, if it does.
final class EndFields extends Div {
    private static final long serialVersionUID = 1L;

    private final Select<KillPeriod> period = new Select<>();
    private final TextField time = new TextField("Time");

    EndFields() {
        period.setLabel("Ends");
        period.setItems(KillPeriod.values());
        period.setItemLabelGenerator(KillPeriod::label);
        period.setValue(KillPeriod.UNTIL_RELEASED);
        period.addValueChangeListener(change -> time.setVisible(change.getValue() == KillPeriod.AT));
        time.setPlaceholder("2026-11-30T18:00:00Z");
        time.setHelperText("With its zone, such as Z or +01:00.");
        time.setVisible(false);
        add(period, time);
    }

    /// The end, if there is one.
    ///
    /// @throws IllegalArgumentException when a time is asked for and none is written
    Optional<Instant> end(Instant now) {
        time.setInvalid(false);
        if (period.getValue() != KillPeriod.AT) {
            return period.getValue().end(now);
        }
        try {
            return Optional.of(OffsetDateTime.parse(time.getValue().strip()).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("until: (expected: a time such as 2026-11-30T18:00:00Z)", e);
        }
    }

    void show(String error) {
        time.setErrorMessage(error);
        time.setInvalid(true);
        time.focus();
    }

    void reset() {
        period.setValue(KillPeriod.UNTIL_RELEASED);
        time.clear();
        time.setInvalid(false);
    }
}
