package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.callers.CallerFilter;
import dev.portcullis.console.components.FilterBar;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The filters above the list. It only says what is wanted; the view puts that into the URL, and shows
/// it from there.
final class CallerFilterBar extends Composite<FilterBar> {
    private static final long serialVersionUID = 1L;

    private final TextField text = field("Name");
    private final Select<String> kind = choice("Kind");
    private final Select<String> route = choice("Route");
    private final TextField client = field("Software");
    private final transient Consumer<CallerFilter> wanted;

    CallerFilterBar(Consumer<CallerFilter> wanted) {
        this.wanted = wanted;
        text.setPlaceholder("Contains…");
        client.setPlaceholder("Begins with…");
        kind.setItems(Kinds.ALL);
        kind.setItemLabelGenerator(one -> one == null ? "Any" : Kinds.label(one));
        List.<HasValue<?, ?>>of(text, kind, route, client)
                .forEach(field -> field.addValueChangeListener(this::changed));
    }

    @Override
    protected FilterBar initContent() {
        return new FilterBar(() -> wanted.accept(CallerFilter.none()), text, kind, route, client);
    }

    void show(CallersState state, Collection<String> routes) {
        var filter = state.filter();
        var all = new TreeSet<>(routes);
        filter.route().ifPresent(all::add);
        route.setItems(all);
        route.setValue(filter.route().orElse(null));
        kind.setValue(filter.kind().filter(Kinds.ALL::contains).orElse(null));
        show(text, filter.text());
        show(client, filter.client());
        getContent().show(state.besidesText(), !state.isUnfiltered());
    }

    private static void show(TextField field, Optional<String> value) {
        if (!field.getValue().strip().equals(value.orElse(""))) {
            field.setValue(value.orElse(""));
        }
    }

    private void changed(HasValue.ValueChangeEvent<?> event) {
        if (event.isFromClient()) {
            wanted.accept(new CallerFilter(
                    Optional.of(text.getValue()),
                    Optional.ofNullable(kind.getValue()),
                    Optional.ofNullable(route.getValue()),
                    Optional.of(client.getValue())));
        }
    }

    private static TextField field(String label) {
        var field = new TextField(label);
        field.setClearButtonVisible(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return field;
    }

    private static Select<String> choice(String label) {
        var select = new Select<String>();
        select.setLabel(label);
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption("Any");
        return select;
    }
}
