package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.components.FilterBar;
import dev.portcullis.console.keys.ApiKeyFilter;
import dev.portcullis.console.keys.ApiKeyFilter.Standing;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The filters above the keys. It only says what is wanted; the view puts that into the URL, and shows it from there.
final class KeyFilterBar extends Composite<FilterBar> {
    private static final long serialVersionUID = 1L;

    private final TextField text = new TextField("Search");
    private final Select<String> route = new Select<>();
    private final Select<Standing> standing = new Select<>();
    private final transient Consumer<ApiKeyFilter> wanted;

    KeyFilterBar(Consumer<ApiKeyFilter> wanted) {
        this.wanted = wanted;
        getContent().addClassName("keys-filter");
        text.setPlaceholder("Name, group or pck_…");
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(300);
        route.setLabel("Good for");
        route.setEmptySelectionAllowed(true);
        route.setEmptySelectionCaption("Any route");
        standing.setLabel("State");
        standing.setItems(Standing.values());
        standing.setItemLabelGenerator(KeyFilterBar::label);
        text.addValueChangeListener(this::changed);
        route.addValueChangeListener(this::changed);
        standing.addValueChangeListener(this::changed);
    }

    @Override
    protected FilterBar initContent() {
        return new FilterBar(() -> wanted.accept(KeysState.none().filter()), text, route, standing);
    }

    void show(KeysState state, Collection<String> routes) {
        var names = new TreeSet<>(routes);
        state.filter().route().ifPresent(names::add);
        route.setItems(names);
        text.setValue(state.filter().text().orElse(""));
        route.setValue(state.filter().route().orElse(null));
        standing.setValue(state.filter().standing());
        getContent().show(state.besidesText(), state.isFiltered());
    }

    private void changed(HasValue.ValueChangeEvent<?> event) {
        if (event.isFromClient()) {
            wanted.accept(new ApiKeyFilter(
                    Optional.of(text.getValue()), Optional.ofNullable(route.getValue()), standing.getValue()));
        }
    }

    private static String label(Standing standing) {
        return switch (standing) {
            case CURRENT -> "Not revoked";
            case EXPIRING -> "Expiring within 14 days";
            case ENDED -> "Expired";
            case REVOKED -> "Revoked";
            case ALL -> "All";
        };
    }
}
