package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes pieces as YAML: two spaces for each level, keys in the order of [Shape], and on one line what
/// fits there, has no comment within, and is no section, route or rule.
final class YamlLayout {
    private static final int WIDTH = 100;
    private static final int STEP = 2;

    private final BlockText texts;
    private final StringBuilder out = new StringBuilder();

    private YamlLayout(BlockText texts) {
        this.texts = texts;
    }

    /// @param texts which texts keep several lines
    static String document(Piece root, BlockText texts) {
        var layout = new YamlLayout(texts);
        root.before().forEach(comment -> layout.line(comment.apart() && !layout.out.isEmpty(), 0, comment.text()));
        if (!root.before().isEmpty()) {
            layout.out.append('\n');
        }
        layout.entries(root, 0);
        return layout.out.toString();
    }

    /// An item of a list, on lines of its own.
    static String tallItem(Piece item, int indent) {
        var layout = new YamlLayout(BlockText.NONE);
        layout.item(item, indent);
        return layout.out.toString();
    }

    /// What stands behind the colon of a key: on its line when there is room, or on the following lines.
    static String valueOf(Piece piece, int indent, int used) {
        var layout = new YamlLayout(BlockText.NONE);
        layout.value(piece, indent, used);
        return layout.out.substring(0, layout.out.length() - 1);
    }

    /// On one line, whatever it is.
    static String flow(Piece piece) {
        if (piece.repeated()) {
            return "*" + piece.value().getAnchor().orElseThrow().getValue();
        }
        return anchor(piece.value())
                + switch (piece.value()) {
                    case ScalarNode scalar -> ScalarText.of(scalar, true);
                    case SequenceNode _ ->
                        piece.sortedParts().stream().map(YamlLayout::flow).collect(Collectors.joining(", ", "[", "]"));
                    default ->
                        piece.sortedParts().stream()
                                .map(part -> ScalarText.of(part.key().orElseThrow(), true) + ": " + flow(part))
                                .collect(Collectors.joining(", ", "{", "}"));
                };
    }

    private void entries(Piece piece, int indent) {
        var first = true;
        for (var part : piece.sortedParts()) {
            lead(part, indent, first, piece.shape().setsApart(part.name()));
            part(part, indent);
            first = false;
        }
        close(piece, indent);
    }

    private void part(Piece part, int indent) {
        if (part.key().isPresent()) {
            entry(part, indent);
        } else {
            item(part, indent);
        }
    }

    /// An empty line where one belongs or was, and the comments before a part.
    private void lead(Piece part, int indent, boolean first, boolean setApart) {
        var comments = leading(part, indent);
        var empty = !first
                && (setApart
                        || (comments.isEmpty()
                                ? part.apart()
                                : comments.getFirst().apart()));
        for (int i = 0; i < comments.size(); i++) {
            line(empty, indent, comments.get(i).text());
            empty = i + 1 < comments.size() ? comments.get(i + 1).apart() : part.apart();
        }
        if (empty) {
            out.append('\n');
        }
    }

    /// The comments on the lines before a part. There is no room for any behind a dash, nor in what is
    /// empty.
    private List<Comment> leading(Piece part, int indent) {
        var comments = new ArrayList<>(part.before());
        if (part.parts().isEmpty()) {
            comments.addAll(part.after());
        } else if (part.key().isEmpty() && isTall(part, indent + STEP)) {
            part.beside().ifPresent(comments::add);
            if (beginsAtDash(part)) {
                comments.addAll(leading(part.sortedParts().getFirst(), indent + STEP));
            }
        }
        return comments;
    }

    private void entry(Piece part, int indent) {
        out.append(" ".repeat(indent));
        keyAndValue(part, indent);
    }

    private void keyAndValue(Piece part, int indent) {
        var key = ScalarText.of(part.key().orElseThrow(), false) + ":";
        out.append(key);
        value(part, indent, indent + key.length());
    }

    private void item(Piece item, int indent) {
        out.append(" ".repeat(indent)).append('-');
        if (!isTall(item, indent + STEP) || !beginsAtDash(item)) {
            value(item, indent, indent + 1);
            return;
        }
        out.append(' ');
        var parts = item.sortedParts();
        keyAndValue(parts.getFirst(), indent + STEP);
        for (var part : parts.subList(1, parts.size())) {
            lead(part, indent + STEP, false, item.shape().setsApart(part.name()));
            entry(part, indent + STEP);
        }
        close(item, indent + STEP);
    }

    private void value(Piece piece, int indent, int used) {
        var comment = piece.key().isEmpty() && isTall(piece, used + 1)
                ? ""
                : piece.beside().map(beside -> " " + beside.text()).orElse("");
        if (isTall(piece, used + 1)) {
            var anchor = anchor(piece.value()).stripTrailing();
            out.append(anchor.isEmpty() ? "" : " " + anchor).append(comment).append('\n');
            entries(piece, indent + STEP);
        } else {
            out.append(' ')
                    .append(oneLineOrBlock(piece, indent + STEP, comment))
                    .append('\n');
        }
    }

    private String oneLineOrBlock(Piece piece, int indent, String comment) {
        if (piece.value() instanceof ScalarNode scalar && !piece.repeated()) {
            return anchor(scalar)
                    + texts.of(scalar, indent, comment).orElseGet(() -> ScalarText.of(scalar, false) + comment);
        }
        return flow(piece) + comment;
    }

    /// The comments behind the last part.
    private void close(Piece piece, int indent) {
        piece.after().forEach(comment -> line(comment.apart(), indent, comment.text()));
    }

    private boolean isTall(Piece piece, int used) {
        return !piece.parts().isEmpty()
                && (piece.shape().alwaysTall()
                        || piece.hasCommentsWithin()
                        || piece.all().anyMatch(part -> texts.isBlock(part.value()))
                        || used + flow(piece).length() > WIDTH);
    }

    /// Whether the first entry of an item stands beside its dash.
    private static boolean beginsAtDash(Piece item) {
        return item.value() instanceof MappingNode && item.value().getAnchor().isEmpty();
    }

    private static String anchor(Node node) {
        return node.getAnchor().map(name -> "&" + name.getValue() + " ").orElse("");
    }

    private void line(boolean afterEmptyLine, int indent, String text) {
        out.append(afterEmptyLine ? "\n" : "")
                .append(" ".repeat(indent))
                .append(text)
                .append('\n');
    }

    /// Texts that are written as block scalars.
    interface BlockText {
        /// None of them.
        BlockText NONE = (scalar, indent, comment) -> Optional.empty();

        /// @param comment what stands beside its first line
        Optional<String> of(ScalarNode scalar, int indent, String comment);

        default boolean isBlock(Node node) {
            return node instanceof ScalarNode scalar && of(scalar, 0, "").isPresent();
        }
    }
}
