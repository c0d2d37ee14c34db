package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Changes the rules in the text of a document one at a time, and leaves everything else, comments and
/// layout included, as it is.
///
/// Whatever one of these methods answers reads as the same document but for the change; where a text is
/// written so that this cannot be, for instance because an alias stands for the rule, it refuses.
public final class RuleEditor {
    private RuleEditor() {}

    /// Adds a rule at the end, or changes the one of that id to say the same as this one. Of a rule that
    /// is there, only the keys that differ are touched.
    ///
    /// @param text a valid document, in YAML or JSON
    /// @throws IllegalArgumentException when the text or the rule is not valid, or the rule cannot be
    ///     changed alone
    public static String withRule(String text, Rule rule) {
        return changed(
                text,
                rule.id(),
                rules -> {
                    var index = indexOf(rules, rule.id());
                    var changed = new ArrayList<>(rules);
                    if (index < 0) {
                        changed.add(rule);
                    } else {
                        changed.set(index, rule);
                    }
                    return changed;
                },
                (editable, rules) -> {
                    var index = indexOf(rules, rule.id());
                    return index < 0 ? added(editable, rule) : replaced(editable, index, rules.get(index), rule);
                });
    }

    /// Changes a rule to say the same as another one, whose id may be a new one.
    ///
    /// @throws IllegalArgumentException when the text is not valid, has no such rule, or the rule cannot
    ///     be changed alone
    public static String withRule(String text, String id, Rule rule) {
        var index = existing(EditableText.valid(text).rules(), id);
        return changed(
                text,
                id,
                rules -> {
                    var changed = new ArrayList<>(rules);
                    changed.set(index, rule);
                    return changed;
                },
                (editable, rules) -> replaced(editable, index, rules.get(index), rule));
    }

    /// Takes a rule out. Comments on lines of their own stay.
    ///
    /// @throws IllegalArgumentException when the text is not valid, has no such rule, or the rule cannot
    ///     be taken out alone
    public static String withoutRule(String text, String id) {
        var index = existing(EditableText.valid(text).rules(), id);
        return changed(
                text,
                id,
                rules -> rules.stream().filter(rule -> !rule.id().equals(id)).toList(),
                (editable, rules) -> removed(editable, index));
    }

    /// Sets whether a rule refuses or only observes.
    ///
    /// @throws IllegalArgumentException when the text is not valid, has no such rule, or the rule cannot
    ///     be changed alone
    public static String withMode(String text, String id, Rule.Mode mode) {
        var rules = EditableText.valid(text).rules();
        var rule = rules.get(existing(rules, id));
        return withRule(
                text,
                new Rule(
                        id,
                        rule.description(),
                        rule.owner(),
                        mode,
                        rule.match(),
                        rule.except(),
                        rule.restriction(),
                        rule.message()));
    }

    private interface Edit {
        String of(EditableText text, List<Rule> rules);
    }

    private static String changed(String text, String id, UnaryOperator<List<Rule>> change, Edit edit) {
        var before = EditableText.valid(text);
        var edited = edited(text, id, before, edit);
        var expected = new PolicyDocument(
                before.organization(), before.routes(), change.apply(before.rules()), before.tools());
        if (!(DocumentReader.read(edited) instanceof ReadResult.Valid(var after, var _)) || !after.equals(expected)) {
            throw new IllegalArgumentException("rule " + id + ": cannot be changed alone in this text");
        }
        return edited;
    }

    private static String edited(String text, String id, PolicyDocument before, Edit edit) {
        try {
            return edit.of(EditableText.of(text), before.rules());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rule " + id + ": cannot be changed alone in this text", e);
        }
    }

    private static int indexOf(List<Rule> rules, String id) {
        return IntStream.range(0, rules.size())
                .filter(index -> rules.get(index).id().equals(id))
                .findFirst()
                .orElse(-1);
    }

    static int existing(List<Rule> rules, String id) {
        var index = indexOf(rules, id);
        if (index < 0) {
            throw new IllegalArgumentException("rule " + id + ": there is none in this text");
        }
        return index;
    }

    private static String added(EditableText text, Rule rule) {
        var item = RuleNodes.mapping(RuleNodes.of(rule));
        var rules = EditableText.entry(text.root(), "rules");
        if (rules.isPresent() && rules.get().getValueNode() instanceof SequenceNode list) {
            return list.getValue().isEmpty()
                    ? text.replaced(list, first(text, item, list))
                    : new SequenceEdit(text, list, Shape.RULES).with(item);
        }
        if (text.root().getFlowStyle() == FlowStyle.FLOW) {
            var entry = text.flowKey("rules") + ": [" + text.flow(Piece.of(item, Shape.RULE)) + "], ";
            return text.inserted(text.start(text.root()) + 1, entry);
        }
        return text.text() + (text.text().endsWith("\n") ? "" : "\n") + "\nrules:\n"
                + YamlLayout.tallItem(Piece.of(item, Shape.RULE), 2);
    }

    /// The first rule of a list between brackets; it gets lines of its own where there is room for them.
    private static String first(EditableText text, Node item, SequenceNode list) {
        var piece = Piece.of(item, Shape.RULE);
        var restOfLine = text.text().substring(text.end(list), text.endOfLine(text.end(list)));
        if (text.root().getFlowStyle() == FlowStyle.FLOW || !restOfLine.isBlank()) {
            return "[" + text.flow(piece) + "]";
        }
        return "\n" + YamlLayout.tallItem(piece, 2).stripTrailing();
    }

    private static String removed(EditableText text, int index) {
        var list = rules(text);
        if (list.getValue().size() > 1) {
            return new SequenceEdit(text, list, Shape.RULES).without(index);
        }
        var end = text.end(list);
        var indent = list.getFlowStyle() == FlowStyle.BLOCK && EditableText.column(list) == 0 ? " " : "";
        return text.replaced(text.start(list), end, indent + "[]" + (text.endsLine(end) ? "\n" : ""));
    }

    /// Key by key, so that comments beside other keys stay.
    private static String replaced(EditableText text, int index, Rule old, Rule rule) {
        var before = RuleNodes.of(old);
        var after = RuleNodes.of(rule);
        var current = text;
        for (var entry : after.entrySet()) {
            var shape = Shape.RULE.under(entry.getKey());
            var wanted = YamlLayout.flow(Piece.of(entry.getValue(), shape));
            var same = before.containsKey(entry.getKey())
                    && YamlLayout.flow(Piece.of(before.get(entry.getKey()), shape))
                            .equals(wanted);
            if (!same) {
                current = EditableText.of(edit(current, index).with(entry.getKey(), entry.getValue()));
            }
        }
        for (var key : keys(mapping(current, index))) {
            if (!after.containsKey(key) && before.containsKey(key)) {
                current = EditableText.of(edit(current, index).without(key));
            }
        }
        return current.text();
    }

    private static MappingEdit edit(EditableText text, int index) {
        return new MappingEdit(text, mapping(text, index), Shape.RULE);
    }

    private static MappingNode mapping(EditableText text, int index) {
        if (rules(text).getValue().get(index) instanceof MappingNode mapping) {
            return mapping;
        }
        throw new IllegalStateException("a valid rule is a mapping");
    }

    private static SequenceNode rules(EditableText text) {
        return EditableText.entry(text.root(), "rules")
                .map(entry -> entry.getValueNode())
                .map(SequenceNode.class::cast)
                .orElseThrow();
    }

    private static List<String> keys(MappingNode mapping) {
        return mapping.getValue().stream()
                .map(entry -> entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "")
                .toList();
    }
}
