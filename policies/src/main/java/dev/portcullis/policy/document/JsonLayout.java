package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.json.JsonMapper;

import java.util.stream.Collectors;

/// Writes pieces as JSON: two spaces for each level, keys in the order of [Shape], and on one line what
/// fits there and is no section, route or rule.
final class JsonLayout {
    private static final int WIDTH = 100;
    private static final int STEP = 2;

    private JsonLayout() {}

    static String document(Piece root) {
        return value(root, 0, 0) + "\n";
    }

    /// On one line, whatever it is.
    static String flow(Piece piece) {
        return switch (piece.value()) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode _ ->
                piece.sortedParts().stream().map(JsonLayout::flow).collect(Collectors.joining(", ", "[", "]"));
            default ->
                piece.sortedParts().stream()
                        .map(part -> key(part) + flow(part))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String value(Piece piece, int indent, int used) {
        var flow = flow(piece);
        if (piece.parts().isEmpty() || (!piece.shape().alwaysTall() && used + flow.length() <= WIDTH)) {
            return flow;
        }
        var inner = "\n" + " ".repeat(indent + STEP);
        return piece.sortedParts().stream()
                .map(part -> {
                    var key = part.key().isPresent() ? key(part) : "";
                    return key + value(part, indent + STEP, indent + STEP + key.length() + 1);
                })
                .collect(Collectors.joining(
                        "," + inner,
                        flow.charAt(0) + inner,
                        "\n" + " ".repeat(indent) + flow.charAt(flow.length() - 1)));
    }

    private static String key(Piece part) {
        return JsonMapper.shared().writeValueAsString(part.name()) + ": ";
    }

    private static String scalar(ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.STR)) {
            return JsonMapper.shared().writeValueAsString(scalar.getValue());
        }
        return scalar.getValue().isEmpty() ? "null" : scalar.getValue();
    }
}
