package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.List;

/// Changes one entry of a mapping in a text, in the style that the mapping is written in.
final class MappingEdit {
    private final EditableText text;
    private final MappingNode mapping;
    private final Shape shape;

    MappingEdit(EditableText text, MappingNode mapping, Shape shape) {
        this.text = text;
        this.mapping = mapping;
        this.shape = shape;
    }

    /// Replaces the value of a key, or adds the key at its place.
    String with(String key, Node value) {
        var piece = Piece.of(value, shape.under(key));
        return EditableText.entry(mapping, key)
                .map(entry -> replaced(entry, piece))
                .orElseGet(() -> added(key, piece));
    }

    /// Takes out an entry that is not the only one, with the comment behind it on its line. Comments on lines of
    /// their own stay.
    String without(String key) {
        var entries = mapping.getValue();
        var entry = EditableText.entry(mapping, key).orElseThrow();
        var index = entries.indexOf(entry);
        var start = text.start(entry.getKeyNode());
        var end = text.end(entry.getValueNode());
        if (index == 0) {
            var next = text.start(entries.get(1).getKeyNode());
            if (isFlow() || isBlank(text.startOfNextLine(end), next)) {
                return text.replaced(start, next, "");
            }
            if (!isBlank(text.startOfLine(start), start)) {
                // What else is on the line, such as the dash of a list, has to stay there.
                return text.replaced(start, end, "");
            }
        } else if (isFlow()) {
            return text.replaced(text.end(entries.get(index - 1).getValueNode()), end, "");
        }
        return text.replaced(text.startOfLine(start), text.startOfNextLine(end), "");
    }

    private boolean isBlank(int from, int to) {
        return from >= to || text.text().substring(from, to).isBlank();
    }

    private String replaced(NodeTuple entry, Piece piece) {
        var old = entry.getValueNode();
        var end = text.end(old);
        var suffix = text.endsLine(end) ? "\n" : "";
        if (isFlow()) {
            return text.replaced(text.start(old), end, text.flow(piece));
        }
        var colon = text.text().indexOf(':', text.end(entry.getKeyNode()));
        if (!text.text().substring(colon + 1, text.start(old)).isBlank()) {
            return text.replaced(text.start(old), end, text.flow(piece) + suffix);
        }
        return text.replaced(colon + 1, end, value(entry.getKeyNode(), piece) + suffix);
    }

    private String added(String key, Piece piece) {
        var place = shape.placeOf(key);
        var before = mapping.getValue().stream()
                .filter(entry ->
                        entry.getKeyNode() instanceof ScalarNode name && shape.placeOf(name.getValue()) < place)
                .toList();
        var previous =
                List.copyOf(before.isEmpty() ? mapping.getValue() : before).getLast();
        var end = text.end(previous.getValueNode());
        if (isFlow()) {
            return text.inserted(end, ", " + text.flowKey(key) + ": " + text.flow(piece));
        }
        var indent = EditableText.column(mapping.getValue().getFirst().getKeyNode());
        var line = " ".repeat(indent) + ScalarText.of(key, false) + ":"
                + YamlLayout.valueOf(piece, indent, indent + key.length() + 1);
        return text.insertedAfterLine(end, line);
    }

    private static String value(Node key, Piece piece) {
        var indent = EditableText.column(key);
        var used = key instanceof ScalarNode name ? name.getValue().length() : 0;
        return YamlLayout.valueOf(piece, indent, indent + used + 1);
    }

    private boolean isFlow() {
        return mapping.getFlowStyle() == FlowStyle.FLOW;
    }
}
