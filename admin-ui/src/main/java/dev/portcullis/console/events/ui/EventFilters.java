package dev.portcullis.console.events.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.components.DayPicker;
import dev.portcullis.console.components.FilterBar;
import dev.portcullis.console.events.EventNames;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The filters above the list. It only says what is wanted; the URL has it.
final class EventFilters extends Composite<FilterBar> {
    private static final long serialVersionUID = 1L;

    private final ComboBox<String> event = names("Event");
    private final ComboBox<String> actor = names("Who");
    private final TextField subject = new TextField("About");
    private final DayPicker from = day("First day (UTC)");
    private final DayPicker to = day("Last day (UTC)");
    private final transient Consumer<EventState> wanted;

    EventFilters(Consumer<EventState> wanted) {
        this.wanted = wanted;
        getContent().addClassName("events-filters");
        subject.setPlaceholder("A name, id or version");
        subject.setClearButtonVisible(true);
        subject.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        event.addValueChangeListener(this::changed);
        actor.addValueChangeListener(this::changed);
        subject.addValueChangeListener(this::changed);
        from.addValueChangeListener(this::changed);
        to.addValueChangeListener(this::changed);
    }

    @Override
    protected FilterBar initContent() {
        return new FilterBar(() -> wanted.accept(EventState.none()), subject, event, actor, from, to);
    }

    void show(EventState state, EventNames names) {
        show(event, names.events(), state.event());
        show(actor, names.actors(), state.actor());
        subject.setValue(state.subject().orElse(""));
        from.setValue(state.from().orElse(null));
        to.setValue(state.to().orElse(null));
        getContent().show(state.besidesSubject(), state.isFiltered());
    }

    private void changed(HasValue.ValueChangeEvent<?> change) {
        if (change.isFromClient()) {
            wanted.accept(state());
        }
    }

    private EventState state() {
        return EventState.chosen(
                text(event.getValue()),
                text(actor.getValue()),
                text(subject.getValue()),
                Optional.ofNullable(from.getValue()),
                Optional.ofNullable(to.getValue()));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static void show(ComboBox<String> field, List<String> names, Optional<String> chosen) {
        field.setItems(names);
        field.setValue(chosen.orElse(null));
    }

    private static ComboBox<String> names(String label) {
        var field = new ComboBox<String>(label);
        field.setPlaceholder("Any");
        field.setClearButtonVisible(true);
        return field;
    }

    private static DayPicker day(String label) {
        var field = new DayPicker(label);
        field.setClearButtonVisible(true);
        return field;
    }
}
