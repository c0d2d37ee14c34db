package dev.portcullis.console.connect.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Pre;
import dev.portcullis.console.components.CopyButton;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.connect.Snippet;

/// A text to copy, with where it goes.
final class SnippetCard extends Div {
    private static final long serialVersionUID = 1L;

    SnippetCard(Snippet snippet) {
        addClassNames("panel", "connect-snippet");
        var top = new Div(new H3(snippet.title()), new CopyButton("Copy", snippet.title(), snippet.text()));
        top.addClassName("card-line");
        var text = new Pre(snippet.text());
        text.addClassName("connect-text");
        // It scrolls inside itself, so it has to be reached with the keyboard.
        text.getElement().setAttribute("tabindex", "0");
        text.getElement().setAttribute("role", "region");
        text.getElement().setAttribute("aria-label", snippet.title());
        add(top, text);
        if (!snippet.places().isEmpty()) {
            var places = new Facts();
            snippet.places().forEach(place -> places.fact(place.when(), place.path()));
            add(places);
        }
    }
}
