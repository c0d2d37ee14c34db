package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;

/// One part of a detail, under its name.
public final class DetailSection extends Div {
    private static final long serialVersionUID = 1L;

    public DetailSection(String name, Component content) {
        super(new H3(name), content);
        addClassName("detail-section");
    }
}
