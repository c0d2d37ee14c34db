package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;

/// What a screen says when it has nothing to show: why, and what would change that.
public final class EmptyState extends Div {
    private static final long serialVersionUID = 1L;

    public EmptyState(VaadinIcon icon, String heading, String text, Component... actions) {
        addClassName("empty-state");
        var picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        add(picture, new H2(heading), new Paragraph(text));
        add(actions);
    }
}
