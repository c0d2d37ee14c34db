package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.tools.VisibleText;

/// What is said besides, in a quieter tone; what would not be seen of it is written out.
public final class QuietText extends Span {
    private static final long serialVersionUID = 1L;

    public QuietText(String text) {
        super(VisibleText.lines(text));
        addClassName("secondary");
    }
}
