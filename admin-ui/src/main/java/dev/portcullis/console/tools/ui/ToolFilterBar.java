package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.components.FilterBar;
import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolState;
import dev.portcullis.policy.profile.ToolClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The filters above the list. It only says what is wanted; the view puts that into the URL, and shows
/// it from there.
final class ToolFilterBar extends Composite<FilterBar> {
    private static final long serialVersionUID = 1L;

    private final TextField text = new TextField("Name");
    private final Select<String> route = choice("Route");
    private final Select<ToolClass> toolClass = choice("Class");
    private final Select<String> state = choice("State");
    private final transient Consumer<ToolFilter> wanted;

    ToolFilterBar(Consumer<ToolFilter> wanted) {
        this.wanted = wanted;
        text.setPlaceholder("Contains…");
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        toolClass.setItems(ToolClass.values());
        toolClass.setItemLabelGenerator(one -> one == null ? "Any" : one.wireName());
        var states = new ArrayList<>(List.of(ToolsState.AWAITING));
        Arrays.stream(ToolState.values()).map(ToolState::wireName).forEach(states::add);
        state.setItems(states);
        state.setItemLabelGenerator(ToolFilterBar::stateLabel);
        List.<HasValue<?, ?>>of(text, route, toolClass, state)
                .forEach(field -> field.addValueChangeListener(this::changed));
    }

    @Override
    protected FilterBar initContent() {
        return new FilterBar(() -> wanted.accept(ToolFilter.none()), text, route, toolClass, state);
    }

    /// @param routes those that have tools
    void show(ToolsState shown, Collection<String> routes) {
        var filter = shown.filter();
        var all = new TreeSet<>(routes);
        filter.route().ifPresent(all::add);
        route.setItems(all);
        route.setValue(filter.route().orElse(null));
        if (!text.getValue().strip().equalsIgnoreCase(filter.text().orElse(""))) {
            text.setValue(filter.text().orElse(""));
        }
        toolClass.setValue(filter.toolClass().orElse(null));
        state.setValue(shown.stateName().orElse(null));
        getContent().show(shown.besidesText(), !shown.isUnfiltered());
    }

    private void changed(HasValue.ValueChangeEvent<?> event) {
        if (event.isFromClient()) {
            var stateName = Optional.ofNullable(state.getValue());
            wanted.accept(new ToolFilter(
                    Optional.ofNullable(route.getValue()),
                    Optional.ofNullable(toolClass.getValue()),
                    stateName.flatMap(ToolState::named),
                    Optional.of(text.getValue()),
                    stateName.equals(Optional.of(ToolsState.AWAITING))));
        }
    }

    private static String stateLabel(String name) {
        if (name == null) {
            return "Any";
        }
        return name.equals(ToolsState.AWAITING)
                ? "Awaiting review"
                : ToolState.named(name).map(Standing::label).orElse(name);
    }

    private static <T> Select<T> choice(String label) {
        var select = new Select<T>();
        select.setLabel(label);
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption("Any");
        return select;
    }
}
