package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;

import java.util.List;

/// Lines that differ: `- ` goes, `+ ` comes. The signs say what the colours say.
final class ChangedText extends Pre {
    private static final long serialVersionUID = 1L;

    ChangedText(String label, List<String> lines) {
        addClassName("publication-text");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("aria-label", label);
        var block = new StringBuilder();
        var kind = "";
        for (var line : lines) {
            if (!kind.equals(kind(line))) {
                show(kind, block);
                kind = kind(line);
            }
            block.append(line).append('\n');
        }
        show(kind, block);
    }

    private void show(String kind, StringBuilder block) {
        if (!block.isEmpty()) {
            var lines = new Span(block.toString());
            lines.addClassName("publication-" + kind);
            add(lines);
            block.setLength(0);
        }
    }

    private static String kind(String line) {
        if (line.startsWith("+ ")) {
            return "added";
        }
        return line.startsWith("- ") ? "removed" : "kept";
    }
}
