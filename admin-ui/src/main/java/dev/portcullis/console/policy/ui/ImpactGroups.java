package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.replay.Groups;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// Exchanges of one kind, counted by rule, caller, tool or route.
final class ImpactGroups extends Div {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ROWS = 100;
    private static final int MOST_SAMPLES = 3;

    private static final Map<String, Function<Groups.Group, String>> KEYS = keys();

    private final transient Groups.Shown shown;
    private final Div rows = new Div();

    ImpactGroups(String title, Groups.Shown shown) {
        this.shown = shown;
        addClassName("policy-groups");
        var by = new Select<String>();
        by.setLabel("By");
        by.setAriaLabel(title + ", by");
        by.setItems(KEYS.keySet());
        by.setValue("Rule");
        by.addValueChangeListener(event -> show(event.getValue()));
        rows.addClassName("policy-group-rows");
        rows.getElement().setAttribute("role", "list");
        add(by, rows);
        show("Rule");
    }

    private void show(String by) {
        rows.removeAll();
        var counted = count(KEYS.getOrDefault(by, Groups.Group::rule));
        counted.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Count> entry) -> entry.getValue().exchanges)
                        .reversed())
                .limit(MOST_ROWS)
                .forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
        if (counted.size() > MOST_ROWS) {
            rows.add(note("and " + (counted.size() - MOST_ROWS) + " more"));
        }
        if (shown.moreGroups() > 0 || shown.ungrouped() > 0) {
            rows.add(note(
                    "Small groups are not counted here: %,d groups were left out, and %,d calls had no place in one."
                            .formatted(shown.moreGroups(), shown.ungrouped())));
        }
        if (counted.values().stream().mapToLong(count -> count.exchanges).sum() > shown.count()) {
            rows.add(note("A call that several rules refuse counts once for each of them."));
        }
    }

    private static final class Count {
        private long exchanges;
        private final List<UUID> samples = new ArrayList<>();
    }

    private Map<String, Count> count(Function<Groups.Group, String> key) {
        var counts = new LinkedHashMap<String, Count>();
        for (var group : shown.groups()) {
            var count = counts.computeIfAbsent(key.apply(group), _ -> new Count());
            count.exchanges += group.count();
            group.samples().stream()
                    .filter(sample -> count.samples.size() < MOST_SAMPLES && !count.samples.contains(sample))
                    .forEach(count.samples::add);
        }
        return counts;
    }

    private static Div row(String name, Count count) {
        var figure = new Span("%,d".formatted(count.exchanges));
        figure.addClassName("policy-group-count");
        var words = new Span(name);
        words.addClassName("policy-group-name");
        var row = new Div(figure, words, ImpactFindings.samples(count.samples));
        row.addClassName("policy-group-row");
        row.getElement().setAttribute("role", "listitem");
        return row;
    }

    private static Div note(String words) {
        var note = new Div(words);
        note.addClassName("secondary");
        note.getElement().setAttribute("role", "listitem");
        return note;
    }

    private static Map<String, Function<Groups.Group, String>> keys() {
        var keys = new LinkedHashMap<String, Function<Groups.Group, String>>();
        keys.put("Rule", Groups.Group::rule);
        keys.put("Caller", group -> group.caller().orElse("nobody in particular"));
        keys.put("Tool", group -> group.tool().or(group::method).orElse("no tool"));
        keys.put("Route", group -> group.route().orElse("no route"));
        return keys;
    }
}
