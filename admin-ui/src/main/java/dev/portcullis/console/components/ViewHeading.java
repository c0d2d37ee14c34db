package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;

/// The first line of a screen: its name, one sentence of state, and what can be done.
public final class ViewHeading extends Div {
    private static final long serialVersionUID = 1L;

    private final Span state = new Span();

    public ViewHeading(String name, Component... actions) {
        addClassName("view-heading");
        state.addClassName("view-state");
        var words = new Div(new H1(name), state);
        words.addClassName("view-words");
        var buttons = new Div(actions);
        buttons.addClassName("view-actions");
        add(words, buttons);
    }

    public void state(String sentence) {
        state.setText(sentence);
    }
}
