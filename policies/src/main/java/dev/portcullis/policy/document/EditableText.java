package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.Optional;
import java.util.stream.Collectors;

/// A document's text together with its YAML nodes: where each of them stands, and what the text is after
/// a change in one place. Positions are offsets into the text. Immutable.
final class EditableText {
    private final String text;
    private final MappingNode root;
    private final int[] offsets;

    private EditableText(String text, MappingNode root) {
        this.text = text;
        this.root = root;
        this.offsets = offsets(text);
    }

    /// @throws IllegalArgumentException when the text is not one mapping in YAML or JSON
    static EditableText of(String text) {
        if (YamlText.parse(text) instanceof YamlText.Root(MappingNode root)) {
            return new EditableText(text, root);
        }
        throw new IllegalArgumentException("text: not a mapping");
    }

    /// The document that a text says.
    ///
    /// @throws IllegalArgumentException with all that is wrong when it is not valid
    static PolicyDocument valid(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new IllegalArgumentException(
                        invalid.errors().stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        };
    }

    String text() {
        return text;
    }

    MappingNode root() {
        return root;
    }

    /// The entry of a mapping that has this key.
    static Optional<NodeTuple> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    String inserted(int at, String insertion) {
        return replaced(at, at, insertion);
    }

    String replaced(Node old, String replacement) {
        return replaced(start(old), end(old), replacement);
    }

    String replaced(int from, int to, String replacement) {
        return text.substring(0, from) + replacement + text.substring(to);
    }

    /// A whole line, or several, behind the line on which something ends.
    String insertedAfterLine(int end, String lines) {
        var at = endOfLine(end);
        return endsLine(end) ? inserted(at, lines + "\n") : inserted(at, "\n" + lines);
    }

    /// What fits between brackets here: in JSON, everything is quoted.
    String flow(Piece piece) {
        return quotesKeys() ? JsonLayout.flow(piece) : YamlLayout.flow(piece);
    }

    String flowKey(String key) {
        return quotesKeys() ? "\"" + key + "\"" : ScalarText.of(key, true);
    }

    /// Whether it is JSON, which quotes everything.
    boolean isJson() {
        return text.stripLeading().startsWith("{");
    }

    /// Whether nothing stands there, as behind a key without value.
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    /// With a block behind a node, on lines of its own.
    String appended(Node node, String block) {
        return inserted(endOfLine(end(node)), lineBreakBefore(end(node)) + block);
    }

    /// With something behind a key that has no value.
    String filled(Node key, String value) {
        return inserted(text.indexOf(':', end(key)) + 1, value);
    }

    /// Whether every key is quoted and stands between braces, as in JSON.
    private boolean quotesKeys() {
        return root.getFlowStyle() == FlowStyle.FLOW
                && root.getValue().stream().allMatch(entry -> text.charAt(start(entry.getKeyNode())) == '"');
    }

    /// Whether a node that ends here has taken the end of its line with it, as a block text does.
    boolean endsLine(int end) {
        return end > 0 && text.charAt(end - 1) == '\n';
    }

    /// Where the line after this position begins.
    int startOfNextLine(int from) {
        return Math.min(text.length(), endsLine(from) ? from : endOfLine(from) + 1);
    }

    int start(Node node) {
        return position(node.getStartMark());
    }

    /// Where the node's own text ends. A block collection's mark stands behind the comments that follow
    /// it, a block text's behind empty lines.
    int end(Node node) {
        return switch (node) {
            case MappingNode mapping
            when mapping.getFlowStyle() == FlowStyle.BLOCK ->
                end(mapping.getValue().getLast().getValueNode());
            case SequenceNode sequence
            when sequence.getFlowStyle() == FlowStyle.BLOCK ->
                end(sequence.getValue().getLast());
            default -> withoutEmptyLines(start(node), position(node.getEndMark()));
        };
    }

    private int withoutEmptyLines(int start, int end) {
        return endsLine(end)
                ? text.indexOf(
                                '\n',
                                start
                                        + text.substring(start, end)
                                                .stripTrailing()
                                                .length())
                        + 1
                : end;
    }

    /// A node that ends a line already, such as a block text, needs no other break.
    private String lineBreakBefore(int end) {
        return endOfLine(end) > 0 && text.charAt(endOfLine(end) - 1) == '\n' ? "" : "\n";
    }

    int startOfLine(int from) {
        return text.lastIndexOf('\n', from - 1) + 1;
    }

    int endOfLine(int from) {
        var lineBreak = text.indexOf('\n', from);
        return from > 0 && text.charAt(from - 1) == '\n' ? from : lineBreak < 0 ? text.length() : lineBreak;
    }

    static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /// Marks count code points.
    private int position(Optional<Mark> mark) {
        var index = mark.map(Mark::getIndex).orElse(0);
        return offsets.length == 0 ? index : offsets[index];
    }

    /// Where each code point stands; nothing when all of them take one character.
    private static int[] offsets(String text) {
        var count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return new int[0];
        }
        var offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = text.offsetByCodePoints(offsets[i], 1);
        }
        return offsets;
    }
}
