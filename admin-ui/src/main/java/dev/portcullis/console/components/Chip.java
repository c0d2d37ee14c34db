package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Span;

/// A word in a coloured pill.
public final class Chip extends Span {
    private static final long serialVersionUID = 1L;

    public Chip(String text, Tone tone) {
        super(text);
        addClassNames("chip", tone.className());
    }
}
