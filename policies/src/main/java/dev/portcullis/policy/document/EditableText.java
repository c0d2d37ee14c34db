package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.Optional;

/// The text of a document and where its nodes stand in it.
record EditableText(String text, MappingNode root) {

    /// @throws IllegalArgumentException when the text is no mapping
    static EditableText of(String text) {
        if (YamlText.parse(text) instanceof YamlText.Root(MappingNode root)) {
            return new EditableText(text, root);
        }
        throw new IllegalArgumentException("text: not a mapping");
    }

    /// Whether it is JSON, which quotes everything.
    boolean isJson() {
        return text.stripLeading().startsWith("{");
    }

    static Optional<NodeTuple> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    /// Whether nothing stands there, as behind a key without value.
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    String inserted(int at, String insertion) {
        return text.substring(0, at) + insertion + text.substring(at);
    }

    String replaced(Node node, String replacement) {
        return text.substring(0, start(node)) + replacement + text.substring(end(node));
    }

    /// With a block behind a node, on lines of its own.
    String appended(Node node, String block) {
        return inserted(endOfLine(end(node)), lineBreakBefore(end(node)) + block);
    }

    /// With something behind a key that has no value.
    String filled(Node key, String value) {
        return inserted(text.indexOf(':', end(key)) + 1, value);
    }

    int start(Node node) {
        return position(node.getStartMark());
    }

    /// Where the node's own text ends. A block collection's mark stands behind the comments that follow
    /// it.
    int end(Node node) {
        return switch (node) {
            case MappingNode mapping
            when mapping.getFlowStyle() == FlowStyle.BLOCK ->
                end(mapping.getValue().getLast().getValueNode());
            case SequenceNode sequence
            when sequence.getFlowStyle() == FlowStyle.BLOCK ->
                end(sequence.getValue().getLast());
            default -> position(node.getEndMark());
        };
    }

    static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /// A node that ends a line already, such as a block text, needs no other break.
    private String lineBreakBefore(int end) {
        return endOfLine(end) > 0 && text.charAt(endOfLine(end) - 1) == '\n' ? "" : "\n";
    }

    private int endOfLine(int from) {
        var lineBreak = text.indexOf('\n', from);
        return from > 0 && text.charAt(from - 1) == '\n' ? from : lineBreak < 0 ? text.length() : lineBreak;
    }

    /// Marks count code points.
    private int position(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
    }
}
