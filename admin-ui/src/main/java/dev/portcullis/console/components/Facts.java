package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.tools.VisibleText;

import java.util.Optional;

/// Names and values, one under the other. What is absent is left out, and what would not be
/// seen of a text is written out.
public final class Facts extends DescriptionList {
    private static final long serialVersionUID = 1L;

    public Facts() {
        addClassName("facts");
    }

    public Facts fact(String name, String value) {
        return fact(name, new Span(VisibleText.lines(value)));
    }

    public Facts fact(String name, Optional<?> value) {
        value.ifPresent(present -> fact(name, present.toString()));
        return this;
    }

    public Facts fact(String name, Component value) {
        add(new Term(name), new Description(value));
        return this;
    }
}
