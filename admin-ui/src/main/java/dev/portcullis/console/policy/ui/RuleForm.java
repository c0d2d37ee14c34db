package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.policy.document.RuleFragment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The common keys of a rule. Every change of a field is a change of that one entry in the rule's text.
final class RuleForm extends Div {
    private static final long serialVersionUID = 1L;

    private final transient Consumer<RuleFragment> changed;
    private final transient List<Runnable> showers = new ArrayList<>();
    private final RestrictionFields restriction = new RestrictionFields(this::change);
    private transient RuleFragment fragment = new RuleFragment("");

    RuleForm(Consumer<RuleFragment> changed) {
        this.changed = changed;
        addClassName("policy-rule-form");
        add(
                text("Id", "id"),
                mode(),
                text("Description", "description"),
                text("Owner", "owner"),
                text("Message to whoever is refused", "message"),
                new H3("What it refuses"),
                restriction,
                new H3("Whom it is about"),
                list("Groups", "match", "groups"),
                list("Callers", "match", "callers"),
                list("Routes", "match", "routes"),
                list("Tools", "match", "tools"),
                list("Except groups", "except", "groups"),
                list("Except callers", "except", "callers"));
    }

    void show(RuleFragment fragment) {
        this.fragment = fragment;
        setEnabled(fragment.isMapping());
        showers.forEach(Runnable::run);
        restriction.show(fragment);
    }

    private void change(UnaryOperator<RuleFragment> change) {
        try {
            fragment = change.apply(fragment);
            restriction.show(fragment);
            changed.accept(fragment);
        } catch (IllegalArgumentException e) {
            setEnabled(false);
        }
    }

    private Component text(String label, String key) {
        var path = List.of(key);
        return field(label, "", path, written -> written, value -> {
            var text = value.strip();
            return text.isEmpty() ? rule -> rule.without(path) : rule -> rule.with(path, text);
        });
    }

    private Component list(String label, String... keys) {
        var path = List.of(keys);
        return field(
                label,
                "Separated by commas; * is a wildcard",
                path,
                _ -> String.join(", ", fragment.values(path)),
                value -> {
                    var entries = entries(value, ",");
                    return entries.isEmpty() ? rule -> rule.without(path) : rule -> rule.with(path, entries);
                });
    }

    private Component field(
            String label,
            String hint,
            List<String> path,
            UnaryOperator<String> shown,
            java.util.function.Function<String, UnaryOperator<RuleFragment>> change) {
        var field = new TextField(label);
        field.setTooltipText(hint.isEmpty() ? label : hint);
        field.setWidthFull();
        field.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change(change.apply(event.getValue()));
            }
        });
        showers.add(() -> field.setValue(shown.apply(fragment.value(path).orElse(""))));
        return field;
    }

    private Component mode() {
        var mode = new Select<String>();
        mode.setLabel("Mode");
        mode.setItems("enforce", "observe");
        mode.setItemLabelGenerator(name -> name.equals("observe") ? "Observe: refuses nothing, tells" : "Enforce");
        mode.setWidthFull();
        mode.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                var path = List.of("mode");
                change(
                        event.getValue().equals("enforce")
                                ? rule -> rule.without(path)
                                : rule -> rule.with(path, "observe"));
            }
        });
        showers.add(() -> mode.setValue(
                fragment.value(List.of("mode")).filter("observe"::equals).orElse("enforce")));
        return mode;
    }

    static List<String> entries(String value, String separator) {
        return Arrays.stream(value.split(separator))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
