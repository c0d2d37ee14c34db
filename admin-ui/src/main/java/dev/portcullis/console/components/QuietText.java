package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Span;

/// What is said besides, in a quieter tone.
public final class QuietText extends Span {
    private static final long serialVersionUID = 1L;

    public QuietText(String text) {
        super(text);
        addClassName("secondary");
    }
}
