package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Adds an item to a list in a text or takes one out, in the style that the list is written in.
final class SequenceEdit {
    private final EditableText text;
    private final SequenceNode list;
    private final Shape shape;

    SequenceEdit(EditableText text, SequenceNode list, Shape shape) {
        this.text = text;
        this.list = list;
        this.shape = shape;
    }

    /// Adds an item at the end of a list that has some.
    String with(Node item) {
        var piece = Piece.of(item, shape.ofItems());
        var end = text.end(list.getValue().getLast());
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            return text.inserted(end, ", " + text.flow(piece));
        }
        return text.insertedAfterLine(
                end,
                (areApart() ? "\n" : "")
                        + YamlLayout.tallItem(piece, EditableText.column(list)).stripTrailing());
    }

    /// Takes out one of several items.
    String without(int index) {
        var items = list.getValue();
        var start = text.start(items.get(index));
        var end = text.end(items.get(index));
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            return index == 0
                    ? text.replaced(start, text.start(items.get(1)), "")
                    : text.replaced(text.end(items.get(index - 1)), end, "");
        }
        return text.replaced(text.startOfLine(dash(start)), text.startOfNextLine(end), "");
    }

    /// Whether an empty line stands between the last two items, or would after an only one of many lines.
    private boolean areApart() {
        var items = list.getValue();
        if (items.size() == 1) {
            return text.text().substring(text.start(list), text.end(list)).contains("\n");
        }
        var end = text.end(items.get(items.size() - 2));
        return text.text()
                .substring(text.endsLine(end) ? end - 1 : end, text.start(items.getLast()))
                .lines()
                .skip(1)
                .anyMatch(String::isBlank);
    }

    /// The dash before an item; it may stand on an earlier line.
    int dash(int start) {
        var column = EditableText.column(list);
        var line = text.startOfLine(start);
        while (line > 0 && !(line + column < text.text().length() && text.text().charAt(line + column) == '-')) {
            line = text.startOfLine(line - 1);
        }
        return line + column;
    }
}
