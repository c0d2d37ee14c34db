package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.portcullis.console.storage.Retention;

import java.time.Duration;
import java.util.Optional;

/// Asks for how long somebody's records are kept: for ever, or for some days.
final class TermField extends Div {
    private static final long serialVersionUID = 1L;
    private static final String FOREVER = "For ever";
    private static final String FOR_DAYS = "For some days";

    private final Select<String> kind = new Select<>();
    private final IntegerField days;

    /// @param whose for instance `everybody`
    TermField(String whose, Optional<Duration> term) {
        days = new IntegerField("Days for " + whose);
        kind.setLabel("Records of " + whose);
        kind.setItems(FOREVER, FOR_DAYS);
        kind.addValueChangeListener(change -> {
            days.setVisible(FOR_DAYS.equals(change.getValue()));
            if (change.isFromClient()) {
                days.focus();
            }
        });
        days.setMin((int) Retention.SHORTEST.toDays());
        days.setMax((int) Retention.LONGEST.toDays());
        days.setStepButtonsVisible(true);
        days.setErrorMessage("A whole number from 1 to %d.".formatted(Retention.LONGEST.toDays()));
        days.setVisible(false);
        addClassName("settings-term");
        add(kind, days);
        show(term);
    }

    void show(Optional<Duration> term) {
        kind.setValue(term.isPresent() ? FOR_DAYS : FOREVER);
        days.setInvalid(false);
        days.setValue(term.map(kept -> Math.toIntExact(kept.toDays())).orElse(null));
    }

    /// Whether there is a term; says what is wrong when there is none.
    boolean isComplete() {
        var complete = FOREVER.equals(kind.getValue())
                || Optional.ofNullable(days.getValue())
                        .map(Duration::ofDays)
                        .filter(term -> Retention.isTerm(Optional.of(term)))
                        .isPresent();
        days.setInvalid(!complete);
        if (!complete) {
            days.focus();
        }
        return complete;
    }

    /// What is wished, once it is complete.
    Optional<Duration> term() {
        return FOREVER.equals(kind.getValue())
                ? Optional.empty()
                : Optional.ofNullable(days.getValue()).map(Duration::ofDays);
    }

    void focus() {
        kind.focus();
    }
}
