package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.tools.DefinitionChange;
import dev.portcullis.console.tools.DefinitionChange.Place;
import dev.portcullis.console.tools.VisibleText;

import java.util.List;

/// What differs between two definitions: texts line by line, everything else place by place.
final class ChangeDiff extends Div {
    private static final long serialVersionUID = 1L;

    /// How many lines that stay are shown around those that do not.
    private static final int CONTEXT = 2;

    ChangeDiff(DefinitionChange change) {
        addClassName("tools-change");
        change.note().ifPresent(note -> add(new Paragraph(note)));
        change.parts().forEach(part -> {
            add(new H4(VisibleText.lines(part.part())));
            if (!part.lines().isEmpty()) {
                add(lines(part.lines()));
            }
            part.places().forEach(place -> add(place(place)));
        });
    }

    private static Div lines(List<String> lines) {
        var diff = box();
        var left = 0;
        for (int at = 0; at < lines.size(); at++) {
            if (isNearAChange(lines, at)) {
                left = tell(diff, left);
                diff.add(line(lines.get(at)));
            } else {
                left++;
            }
        }
        tell(diff, left);
        return diff;
    }

    private static int tell(Div diff, int left) {
        if (left > 0) {
            var skipped = new Div("… " + left + (left == 1 ? " line" : " lines") + " without change");
            skipped.addClassName("tools-skipped");
            diff.add(skipped);
        }
        return 0;
    }

    private static boolean isNearAChange(List<String> lines, int at) {
        return lines.subList(Math.max(0, at - CONTEXT), Math.min(lines.size(), at + CONTEXT + 1)).stream()
                .anyMatch(line -> !line.startsWith("  "));
    }

    private static Div line(String text) {
        var line = new Div(VisibleText.lines(text));
        line.addClassName(
                switch (text.charAt(0)) {
                    case '-' -> "tools-gone";
                    case '+' -> "tools-come";
                    default -> "tools-same";
                });
        return line;
    }

    private static Div place(Place place) {
        var pointer = new Code(place.pointer().isEmpty() ? "(all of it)" : VisibleText.lines(place.pointer()));
        var heading = new Div(pointer, new Span(place.kind().wireName()));
        heading.addClassName("tools-place");
        var diff = box();
        place.before().ifPresent(before -> diff.add(line("- " + before)));
        place.after().ifPresent(after -> diff.add(line("+ " + after)));
        return new Div(heading, diff);
    }

    private static Div box() {
        var box = new Div();
        box.addClassNames("mono", "tools-diff");
        return box;
    }
}
