package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.TextRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.components.FilterBar;
import dev.portcullis.console.toolcalls.SeenValues;
import dev.portcullis.console.toolcalls.ToolCall;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The filters above the list. It only says what is wanted; the view puts that into the URL, and shows
/// it from there.
final class CallFilterBar extends Composite<FilterBar> {
    private static final long serialVersionUID = 1L;

    private final TextField search = new TextField("Search");
    private final TimeFields time = new TimeFields(this::changed);
    private final ComboBox<String> route = names("Route");
    private final ComboBox<String> tool = names("Tool");
    private final ComboBox<String> caller = names("Caller");
    private final ComboBox<String> client = names("Client");
    private final ComboBox<String> rule = names("Rule");
    private final Select<String> outcome = words("Outcome", ToolCall.OUTCOMES);
    private final Select<String> decision = words("Decision", ToolCall.DECISIONS);
    private final transient Consumer<FilterState> wanted;

    CallFilterBar(Consumer<FilterState> wanted) {
        this.wanted = wanted;
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setPlaceholder("Name, or exact id");
        search.setTooltipText("Some of a tool, action, caller, client or refusal;"
                + " or a whole exchange id, trace id or session hash");
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        search.addValueChangeListener(this::changed);
        List.of(route, tool, caller, client, rule).forEach(field -> {
            field.addCustomValueSetListener(event -> {
                field.setValue(event.getDetail());
                changed();
            });
            field.addValueChangeListener(this::changed);
        });
        outcome.addValueChangeListener(this::changed);
        decision.addValueChangeListener(this::changed);
    }

    @Override
    protected FilterBar initContent() {
        return new FilterBar(
                () -> wanted.accept(FilterState.none()),
                search,
                time,
                route,
                tool,
                caller,
                client,
                outcome,
                decision,
                rule);
    }

    void show(FilterState state, SeenValues seen) {
        search.setValue(state.text().orElse(""));
        time.show(state);
        show(route, seen.routes(), seen.among(), state.route());
        show(tool, seen.tools(), seen.among(), state.tool());
        show(caller, seen.callers(), seen.among(), state.caller());
        show(client, seen.clients(), seen.among(), state.client());
        show(rule, seen.rules(), seen.among(), state.rule());
        outcome.setItems(Outcomes.with(state.outcome()));
        outcome.setValue(state.outcome().orElse(null));
        decision.setValue(state.decision().filter(ToolCall.DECISIONS::contains).orElse(null));
        getContent().show(state.besidesText(), !state.isEmpty());
    }

    private void changed(HasValue.ValueChangeEvent<?> event) {
        if (event.isFromClient()) {
            changed();
        }
    }

    private void changed() {
        wanted.accept(FilterState.chosen(
                text(route.getValue()),
                text(tool.getValue()),
                text(caller.getValue()),
                text(client.getValue()),
                text(outcome.getValue()),
                text(decision.getValue()),
                text(rule.getValue()),
                text(search.getValue()),
                time));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(name -> !name.isEmpty());
    }

    /// Each name with how many of the newest calls have it: counting all of them would take too long.
    private static void show(ComboBox<String> field, List<SeenValues.Seen> seen, int among, Optional<String> chosen) {
        var counts = seen.stream().collect(Collectors.toMap(SeenValues.Seen::name, SeenValues.Seen::calls));
        field.setRenderer(new TextRenderer<>(name -> name + " · " + counts.getOrDefault(name, 0L)));
        field.setItems(seen.stream().map(SeenValues.Seen::name).toList());
        field.setValue(chosen.orElse(null));
        field.setTooltipText("Counts are of the newest %,d calls".formatted(among));
    }

    private static ComboBox<String> names(String label) {
        var field = new ComboBox<String>(label);
        field.setAllowCustomValue(true);
        field.setClearButtonVisible(true);
        field.setPlaceholder("Any");
        return field;
    }

    private static Select<String> words(String label, List<String> words) {
        var field = new Select<String>();
        field.setLabel(label);
        field.setItems(words);
        field.setItemLabelGenerator(word -> word == null ? "Any" : Outcomes.label(word));
        field.setEmptySelectionAllowed(true);
        field.setEmptySelectionCaption("Any");
        return field;
    }
}
