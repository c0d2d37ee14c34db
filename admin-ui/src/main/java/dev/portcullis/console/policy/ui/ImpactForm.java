package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.components.MomentPicker;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/// The period of a replay, and what is compared.
final class ImpactForm extends Div {
    private static final long serialVersionUID = 1L;

    private final MomentPicker from = new MomentPicker("From (UTC)", Duration.ofMinutes(15));
    private final MomentPicker to = new MomentPicker("To (UTC)", Duration.ofMinutes(15));
    private final Select<String> baseline = new Select<>();
    private final Button begin;
    private final Button cancel;
    private final boolean mayReplay;

    /// @param mayReplay whether the user may begin one; whoever may not can still look at one
    ImpactForm(boolean mayReplay, Consumer<ImpactInputs> begin, Runnable cancel) {
        this.mayReplay = mayReplay;
        addClassName("policy-impact-form");
        baseline.setWidth("14rem");
        baseline.setLabel("Compare the draft with");
        baseline.setItems(ImpactInputs.RECORDED, ImpactInputs.PUBLISHED);
        baseline.setItemLabelGenerator(
                name -> name.equals(ImpactInputs.RECORDED) ? "What was decided then" : "The policy in force");
        this.begin = new Button("Replay", _ -> begin.accept(inputs()));
        this.begin.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        this.begin.setEnabled(mayReplay);
        this.cancel = new Button("Cancel", _ -> cancel.run());
        this.cancel.setVisible(false);
        var buttons = new Div(this.begin, this.cancel);
        buttons.addClassName("policy-bench-buttons");
        add(from, to, baseline, buttons);
    }

    /// @param now the end of the usual period, a day
    void show(ImpactInputs inputs, Instant now) {
        from.setValue(moment(inputs.from()).orElseGet(() -> local(now.minus(1, ChronoUnit.DAYS))));
        to.setValue(moment(inputs.to()).orElseGet(() -> local(now)));
        baseline.setValue(inputs.baseline());
    }

    void setRunning(boolean running) {
        begin.setEnabled(mayReplay && !running);
        cancel.setVisible(mayReplay && running);
    }

    private ImpactInputs inputs() {
        return new ImpactInputs(text(from), text(to), baseline.getValue(), Optional.empty());
    }

    private static String text(MomentPicker field) {
        return Optional.ofNullable(field.getValue())
                .map(value -> value.toInstant(ZoneOffset.UTC).toString())
                .orElse("");
    }

    private static Optional<LocalDateTime> moment(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(local(Instant.parse(time)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    }
}
