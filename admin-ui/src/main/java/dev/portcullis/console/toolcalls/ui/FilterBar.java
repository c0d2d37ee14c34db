package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.toolcalls.SeenValues;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The filters above the list. It only says what is wanted; the view puts that into the URL, and shows
/// it from there.
final class FilterBar extends Div {
    private static final long serialVersionUID = 1L;

    private final ComboBox<String> route = names("Route");
    private final ComboBox<String> tool = names("Tool");
    private final ComboBox<String> caller = names("Caller");
    private final Select<String> outcome = new Select<>();
    private final Select<Period> period = new Select<>();
    private final Button clear;
    private final transient Consumer<FilterState> wanted;
    private final Span exactly = new Span();
    private transient FilterState shown = FilterState.none();

    FilterBar(Consumer<FilterState> wanted) {
        this.wanted = wanted;
        addClassName("filter-bar");
        outcome.setLabel("Outcome");
        outcome.setItems(Outcomes.ALL);
        outcome.setItemLabelGenerator(name -> name == null ? "Any" : Outcomes.label(name));
        outcome.setEmptySelectionAllowed(true);
        outcome.setEmptySelectionCaption("Any");
        period.setLabel("Time");
        period.setItems(Period.values());
        period.setItemLabelGenerator(length -> length == null ? "Any" : length.label());
        period.setEmptySelectionAllowed(true);
        period.setEmptySelectionCaption("Any");
        clear = new Button("Clear", _ -> wanted.accept(FilterState.none()));
        clear.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        List.of(route, tool, caller).forEach(field -> {
            field.addCustomValueSetListener(event -> field.setValue(event.getDetail()));
            field.addValueChangeListener(this::changed);
        });
        outcome.addValueChangeListener(this::changed);
        period.addValueChangeListener(this::changed);
        exactly.addClassName("secondary");
        add(period, route, tool, caller, outcome, exactly, clear);
    }

    void show(FilterState state, SeenValues seen) {
        show(route, seen.routes(), state.route());
        show(tool, seen.tools(), state.tool());
        show(caller, seen.callers(), state.caller());
        shown = state;
        outcome.setItems(Outcomes.with(state.outcome()));
        outcome.setValue(state.outcome().orElse(null));
        exactly.setText(state.exactly().describe());
        exactly.setVisible(!exactly.getText().isEmpty());
        period.setValue(state.period().orElse(null));
        clear.setVisible(!state.isEmpty());
    }

    private void changed(HasValue.ValueChangeEvent<?> event) {
        if (event.isFromClient()) {
            wanted.accept(new FilterState(
                    text(route.getValue()),
                    text(tool.getValue()),
                    text(caller.getValue()),
                    text(outcome.getValue()),
                    Optional.ofNullable(period.getValue()),
                    period.isEmpty() ? shown.exactly() : shown.exactly().whenever()));
        }
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(name -> !name.isBlank());
    }

    private static void show(ComboBox<String> field, List<String> names, Optional<String> chosen) {
        field.setItems(names);
        field.setValue(chosen.orElse(null));
    }

    private static ComboBox<String> names(String label) {
        var field = new ComboBox<String>(label);
        field.setAllowCustomValue(true);
        field.setClearButtonVisible(true);
        field.setPlaceholder("Any");
        return field;
    }
}
