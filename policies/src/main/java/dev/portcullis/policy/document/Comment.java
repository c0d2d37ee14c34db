package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A comment in a text of YAML: a `#` outside of all scalars, and the rest of its line.
///
/// @param at the offset of its `#`
/// @param column how many characters stand before it on its line
/// @param text from the `#` on, without spaces at its end
/// @param alone whether nothing else is on its line
/// @param apart whether it is alone and an empty line comes before it
record Comment(int at, int column, String text, boolean alone, boolean apart) {

    /// All of a text, in its order.
    static List<Comment> in(EditableText text) {
        var scalars = new TreeMap<Integer, Integer>();
        gather(text, text.root(), scalars, Collections.newSetFromMap(new IdentityHashMap<>()));
        var comments = new ArrayList<Comment>();
        var all = text.text();
        for (int at = 0; at < all.length(); at++) {
            var scalar = scalars.get(at);
            if (scalar != null && scalar > at) {
                at = scalar - 1;
            } else if (all.charAt(at) == '#' && (at == 0 || " \t\n\r\uFEFF".indexOf(all.charAt(at - 1)) >= 0)) {
                var comment = at(all, at);
                comments.add(comment);
                at += comment.text().length() - 1;
            }
        }
        return comments;
    }

    /// Whether the line before this one is empty.
    static boolean isApart(String text, int startOfLine) {
        var before = text.lastIndexOf('\n', startOfLine - 2) + 1;
        return startOfLine > 0 && text.substring(before, startOfLine).isBlank();
    }

    Comment notApart() {
        return new Comment(at, column, text, alone, false);
    }

    private static Comment at(String text, int at) {
        var start = text.lastIndexOf('\n', at - 1) + 1;
        var end = text.indexOf('\n', at);
        var line = text.substring(start, at).replace("\uFEFF", "");
        return new Comment(
                at,
                at - start,
                text.substring(at, end < 0 ? text.length() : end).stripTrailing(),
                line.isBlank(),
                line.isBlank() && isApart(text, start));
    }

    private static void gather(EditableText text, Node node, TreeMap<Integer, Integer> scalars, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case ScalarNode scalar -> {
                var start = contentOf(text, scalar);
                var block = text.text().startsWith("|", start) || text.text().startsWith(">", start);
                scalars.put(block ? text.endOfLine(start + 1) : start, text.end(scalar));
            }
            case SequenceNode sequence -> sequence.getValue().forEach(item -> gather(text, item, scalars, seen));
            case MappingNode mapping ->
                mapping.getValue().forEach(tuple -> {
                    gather(text, tuple.getKeyNode(), scalars, seen);
                    gather(text, tuple.getValueNode(), scalars, seen);
                });
            default -> {}
        }
    }

    /// Behind the tag and the anchor of a scalar; a comment may come between them and what they are about.
    private static int contentOf(EditableText text, ScalarNode scalar) {
        var all = text.text();
        var at = text.start(scalar);
        while (at < text.end(scalar) && "!&#".indexOf(all.charAt(at)) >= 0) {
            at = all.charAt(at) == '#' ? text.endOfLine(at + 1) : pastWord(all, at);
            while (at < text.end(scalar) && Character.isWhitespace(all.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private static int pastWord(String text, int at) {
        var end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
