package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import dev.portcullis.policy.document.RuleFragment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The one restriction of a rule: which, and what it lists or counts.
final class RestrictionFields extends Div {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> LABELS = labels();
    private static final Set<String> FLAGS = Set.of("readOnly", "pinnedTools", "deny");
    private static final Set<String> IN_TEXT = Set.of("redact", "recordResult");
    private static final List<String> PER = List.of("limit", "per");
    private static final List<String> BY = List.of("limit", "by");
    private static final List<String> CALLS = List.of("limit", "calls");

    private final Select<String> kind = new Select<>();
    private final TextArea values = new TextArea("One on each line");
    private final IntegerField calls = new IntegerField("Calls");
    private final Select<String> per = new Select<>();
    private final Select<String> by = new Select<>();
    private final Div limit = new Div(calls, per, by);
    private final Span inText = new Span("Its places and sizes are changed in the text.");

    RestrictionFields(Consumer<UnaryOperator<RuleFragment>> change) {
        addClassName("policy-restriction");
        limit.addClassName("policy-limit");
        kind.setLabel("Restriction");
        kind.setItems(LABELS.keySet());
        kind.setItemLabelGenerator(key -> LABELS.getOrDefault(key, key));
        kind.setWidthFull();
        per.setLabel("Per");
        per.setItems("second", "minute", "hour", "day");
        by.setLabel("For each");
        by.setItems("caller", "tool", "route", "organization");
        values.setWidthFull();
        kind.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(rule -> rule.withOnly(event.getValue(), fresh(event.getValue())));
            }
        });
        values.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(rule -> rule.with(List.of(kind.getValue()), RuleForm.entries(event.getValue(), "\n")));
            }
        });
        calls.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(rule -> rule.with(CALLS, event.getValue()));
            }
        });
        per.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(rule -> rule.with(PER, event.getValue()));
            }
        });
        by.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(rule -> rule.with(BY, event.getValue()));
            }
        });
        add(kind, values, limit, inText);
    }

    void show(RuleFragment fragment) {
        var key = fragment.restriction().orElse("deny");
        kind.setValue(key);
        limit.setVisible(key.equals("limit"));
        inText.setVisible(IN_TEXT.contains(key));
        values.setVisible(!FLAGS.contains(key) && !IN_TEXT.contains(key) && !key.equals("limit"));
        values.setValue(String.join("\n", fragment.values(List.of(key))));
        calls.setValue(fragment.value(CALLS)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(null));
        per.setValue(fragment.value(PER).orElse(null));
        by.setValue(fragment.value(BY).orElse(null));
    }

    private static UnaryOperator<RuleFragment> fresh(String key) {
        if (FLAGS.contains(key)) {
            return rule -> rule.withFlag(key);
        }
        return switch (key) {
            case "limit" -> rule -> rule.with(CALLS, 60).with(PER, "minute").with(BY, "caller");
            case "redact" -> rule -> rule.with(List.of("redact", "arguments"), List.of("/secret"));
            case "recordResult" -> rule -> rule.with(List.of("recordResult", "maxBytes"), 4_096);
            default -> rule -> rule.with(List.of(key), List.of());
        };
    }

    private static Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("readOnly", "Only tools that read");
        labels.put("allowedActions", "Only these actions");
        labels.put("allowedTools", "Only these tools");
        labels.put("deniedTools", "Not these tools");
        labels.put("allowedNetworks", "Only from these networks");
        labels.put("allowedDomains", "Only to these domains");
        labels.put("blockedDomains", "Not to these domains");
        labels.put("pinnedTools", "Only tools as they were reviewed");
        labels.put("deny", "Nothing at all");
        labels.put("limit", "Only so many calls");
        labels.put("redact", "Keep these values out of records");
        labels.put("recordResult", "Keep results in records");
        return labels;
    }
}
