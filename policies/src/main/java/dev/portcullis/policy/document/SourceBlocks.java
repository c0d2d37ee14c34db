package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Texts that their author wrote with `|` or `>` keep their lines, at the indentation of the layout.
final class SourceBlocks implements YamlLayout.BlockText {
    private final EditableText text;

    SourceBlocks(EditableText text) {
        this.text = text;
    }

    @Override
    public Optional<String> of(ScalarNode scalar, int indent, String comment) {
        var value = scalar.getValue();
        var style = scalar.getScalarStyle();
        if ((style != ScalarStyle.LITERAL && style != ScalarStyle.FOLDED)
                || value.isBlank()
                || value.endsWith("\n\n")
                || Character.isWhitespace(value.charAt(0))) {
            return Optional.empty();
        }
        var lines = style == ScalarStyle.LITERAL ? value.lines().toList() : folded(scalar);
        var head = (style == ScalarStyle.LITERAL ? "|" : ">") + (value.endsWith("\n") ? "" : "-") + comment;
        return Optional.of(lines.stream()
                .map(line -> line.isEmpty() ? "" : " ".repeat(indent) + line)
                .collect(Collectors.joining("\n", head + "\n", "")));
    }

    /// The lines as they were folded, without the indentation of the first.
    private List<String> folded(ScalarNode scalar) {
        var source = text.text().substring(text.start(scalar), text.end(scalar));
        var lines = source.substring(source.indexOf('\n') + 1)
                .stripTrailing()
                .lines()
                .toList();
        var indent = lines.stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.length() - line.stripLeading().length())
                .orElse(0);
        return lines.stream()
                .map(line -> line.length() < indent ? "" : line.substring(indent))
                .toList();
    }
}
