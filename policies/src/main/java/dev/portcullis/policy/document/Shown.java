package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// How a value of a document is shown in a problem.
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String of(Node node) {
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> shortened(scalar.getValue());
            case SequenceNode sequence -> "a list of " + sequence.getValue().size();
            case MappingNode mapping -> "a mapping of " + mapping.getValue().size();
            default -> "a " + node.getNodeType();
        };
    }

    static String shortened(String value) {
        var end = value.offsetByCodePoints(0, Math.min(LONGEST, value.codePointCount(0, value.length())));
        return end == value.length() ? value : value.substring(0, end) + "…";
    }
}
