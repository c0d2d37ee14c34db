package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import dev.portcullis.console.components.DayPicker;

import java.time.LocalDate;
import java.util.function.Consumer;

/// Chooses a period, by its first and last day or by name.
final class PeriodFields extends Div {
    private static final long serialVersionUID = 1L;
    private static final int QUARTER = 3;
    private static final int WEEK = 7;

    private final DayPicker first = day("First day (UTC)");
    private final DayPicker last = day("Last day (UTC)");
    private final transient Consumer<EvidenceState> wanted;

    PeriodFields(EvidenceState state, LocalDate today, Consumer<EvidenceState> wanted) {
        this.wanted = wanted;
        addClassName("evidence-period");
        first.setValue(state.first());
        last.setValue(state.last());
        first.addValueChangeListener(change -> changed(change.isFromClient()));
        last.addValueChangeListener(change -> changed(change.isFromClient()));
        var month = today.withDayOfMonth(1);
        var quarter = month.minusMonths((month.getMonthValue() - 1) % QUARTER);
        var named = new Div(
                named("Last 7 days", today.minusDays(WEEK - 1), today),
                named("This month", month, today),
                named("Last month", month.minusMonths(1), month.minusDays(1)),
                named("Last quarter", quarter.minusMonths(QUARTER), quarter.minusDays(1)));
        named.addClassName("evidence-named");
        add(first, last, named);
    }

    private Button named(String name, LocalDate begin, LocalDate end) {
        var button = new Button(name, _ -> wanted.accept(new EvidenceState(begin, end)));
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        return button;
    }

    private void changed(boolean isFromClient) {
        if (isFromClient && first.getValue() != null && last.getValue() != null) {
            wanted.accept(new EvidenceState(first.getValue(), last.getValue()));
        }
    }

    private static DayPicker day(String label) {
        var field = new DayPicker(label);
        field.setRequired(true);
        return field;
    }
}
