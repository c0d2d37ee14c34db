package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.component.virtuallist.VirtualList;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.policy.RuleHits;
import dev.portcullis.console.policy.RuleTemplate;
import dev.portcullis.console.policy.RuleWords;
import dev.portcullis.policy.document.Rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The rules as cards, in the document's order, however many there are; those that the filter wants.
final class RuleCards extends Div {
    private static final long serialVersionUID = 1L;

    private final transient RuleActions actions;
    private final boolean canWrite;
    private final H2 heading = new H2("Rules");
    private final TextField filter = new TextField();
    private final Span stopped = new Span("There are errors in the text. Cards can be changed again when it is valid.");
    private final VirtualList<Rule> list = new VirtualList<>();
    private final Div emptyPlace = new Div();
    private transient List<Rule> rules = List.of();
    private transient Optional<RuleHits> hits = Optional.empty();
    private boolean valid = true;

    /// @param filtered is told when somebody has changed the filter
    RuleCards(RuleActions actions, boolean canWrite, Consumer<RuleTemplate> add, Consumer<String> filtered) {
        this.actions = actions;
        this.canWrite = canWrite;
        addClassName("policy-cards");
        filter.setPlaceholder("Filter rules");
        filter.setAriaLabel("Filter rules");
        filter.setPrefixComponent(VaadinIcon.SEARCH.create());
        filter.setClearButtonVisible(true);
        filter.addThemeVariants(TextFieldVariant.LUMO_SMALL);
        filter.setValueChangeMode(ValueChangeMode.LAZY);
        filter.addValueChangeListener(event -> {
            showWanted();
            if (event.isFromClient()) {
                filtered.accept(event.getValue().strip());
            }
        });
        var bar = new Div(heading, filter);
        bar.addClassName("policy-cards-bar");
        if (canWrite) {
            bar.add(templates(add));
        }
        stopped.addClassName("policy-cards-stopped");
        stopped.setVisible(false);
        list.setRenderer(new ComponentRenderer<Component, Rule>(this::card));
        list.addClassName("policy-cards-list");
        add(bar, stopped, list, emptyPlace);
    }

    String filter() {
        return filter.getValue().strip();
    }

    void filter(String words) {
        if (!filter().equals(words)) {
            filter.setValue(words);
        }
    }

    void show(List<Rule> rules) {
        var changed = !valid || !this.rules.equals(rules);
        valid = true;
        this.rules = rules;
        stopped.setVisible(false);
        if (changed) {
            showWanted();
        }
    }

    /// The text says nothing that could be shown; what it said before stays, and cannot be changed.
    void stop() {
        if (valid) {
            valid = false;
            stopped.setVisible(true);
            showWanted();
        }
    }

    void showHits(RuleHits hits) {
        this.hits = Optional.of(hits);
        list.getDataProvider().refreshAll();
    }

    private void showWanted() {
        var words = filter().toLowerCase(Locale.ROOT);
        var wanted = words.isEmpty()
                ? rules
                : rules.stream()
                        .filter(rule -> RuleWords.searchable(rule).contains(words))
                        .toList();
        heading.setText(
                wanted.size() == rules.size()
                        ? "%,d rule%s".formatted(rules.size(), rules.size() == 1 ? "" : "s")
                        : "%,d of %,d rules".formatted(wanted.size(), rules.size()));
        list.setItems(wanted);
        list.setVisible(!wanted.isEmpty());
        emptyPlace.removeAll();
        if (wanted.isEmpty()) {
            emptyPlace.add(
                    rules.isEmpty()
                            ? new EmptyState(
                                    VaadinIcon.SHIELD,
                                    "No rules",
                                    "Nothing is refused but what the gateway refuses by itself. Add a rule to change that.")
                            : new EmptyState(VaadinIcon.FILTER, "Nothing matches", "No rule has these words."));
        }
    }

    private Component card(Rule rule) {
        return new RuleCard(rule, hits, canWrite && valid, actions);
    }

    private static MenuBar templates(Consumer<RuleTemplate> add) {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_SMALL);
        var root = menu.addItem("Add rule");
        Arrays.stream(RuleTemplate.values())
                .forEach(template -> root.getSubMenu().addItem(template.label(), _ -> add.accept(template)));
        return menu;
    }
}
