package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.tools.VisibleText;

/// A word in a coloured pill; what would not be seen of it is written out.
public final class Chip extends Span {
    private static final long serialVersionUID = 1L;

    public Chip(String text, Tone tone) {
        super(VisibleText.lines(text));
        addClassNames("chip", tone.className());
    }
}
