package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts a value somewhere into the text of a document, in the style of what is around it, and makes the
/// mappings on the way to it that are missing.
final class EntryEdit {
    /// What means itself without quotes, wherever it stands: no number, no date, no word that YAML knows.
    private static final Pattern PLAIN =
            Pattern.compile("[a-z]+(_[a-z0-9]+)+|[a-z]+(-[a-z0-9]+)+|class|definition|deniedTools"
                    + "|read|write|execute|delete|admin|tools|rules|routes|id|match|deny|message|description");

    private final EditableText text;
    private final Object value;

    private EntryEdit(EditableText text, Object value) {
        this.text = text;
        this.value = value;
    }

    /// @param path keys from the root on
    /// @param value a text, a boolean, or a map or list of such
    static String put(String text, List<String> path, Object value) {
        var editable = EditableText.of(text);
        return new EntryEdit(editable, value).put(editable.root(), path);
    }

    /// Adds an element to the end of a list.
    static String append(String text, String list, Object element) {
        var editable = EditableText.of(text);
        var edit = new EntryEdit(editable, element);
        var entry = EditableText.entry(editable.root(), list);
        if (entry.isPresent()
                && entry.get().getValueNode() instanceof SequenceNode sequence
                && !sequence.getValue().isEmpty()) {
            return edit.appendTo(sequence);
        }
        return put(text, List.of(list), List.of(element));
    }

    private String appendTo(SequenceNode sequence) {
        var last = sequence.getValue().getLast();
        if (sequence.getFlowStyle() == FlowStyle.FLOW) {
            return text.inserted(text.end(last), ", " + written(value));
        }
        var dash = " ".repeat(EditableText.column(sequence)) + "- ";
        return text.appended(sequence, dash + written(value));
    }

    private String put(MappingNode mapping, List<String> path) {
        var entry = EditableText.entry(mapping, path.getFirst());
        if (entry.isEmpty()) {
            return added(mapping, path);
        }
        var rest = path.subList(1, path.size());
        var there = entry.get().getValueNode();
        if (EditableText.isNothing(there)) {
            var key = entry.get().getKeyNode();
            return text.filled(
                    key, rest.isEmpty() ? " " + written(value) : "\n" + block(rest, EditableText.column(key) + 2));
        }
        if (rest.isEmpty()) {
            return text.replaced(there, isQuoted(there) ? quoted(value) : written(value));
        }
        if (there instanceof MappingNode inner) {
            return put(inner, rest);
        }
        throw new IllegalArgumentException(path.getFirst() + ": not a mapping");
    }

    private String added(MappingNode mapping, List<String> path) {
        if (mapping.getFlowStyle() == FlowStyle.BLOCK) {
            var indent = EditableText.column(mapping.getValue().getFirst().getKeyNode());
            return text.appended(mapping, block(path, indent));
        }
        return mapping.getValue().isEmpty()
                ? text.inserted(text.start(mapping) + 1, flow(path))
                : text.inserted(text.end(mapping.getValue().getLast().getValueNode()), ", " + flow(path));
    }

    private String block(List<String> path, int indent) {
        var key = " ".repeat(indent) + written(path.getFirst()) + ":";
        return path.size() == 1
                ? key + " " + written(value)
                : key + "\n" + block(path.subList(1, path.size()), indent + 2);
    }

    private String flow(List<String> path) {
        var key = written(path.getFirst()) + ": ";
        return path.size() == 1 ? key + written(value) : key + "{" + flow(path.subList(1, path.size())) + "}";
    }

    private String written(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> written(entry.getKey()) + ": " + written(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(this::written).collect(Collectors.joining(", ", "[", "]"));
            case Boolean flag -> flag.toString();
            default -> !text.isJson() && PLAIN.matcher(value.toString()).matches() ? value.toString() : quoted(value);
        };
    }

    private static boolean isQuoted(Node node) {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
    }

    /// As JSON, which YAML takes too.
    private static String quoted(Object value) {
        return tools.jackson.databind.node.JsonNodeFactory.instance
                .stringNode(value.toString())
                .toString();
    }
}
