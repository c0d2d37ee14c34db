package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.QuietText;

import java.util.List;

/// Says where that is set which a tab only shows.
final class SetElsewhere extends Div {
    private static final long serialVersionUID = 1L;

    /// A key of the configuration.
    ///
    /// @param meaning what it says
    record Key(String name, String meaning) {}

    /// @param document the page of the documentation
    SetElsewhere(String document, Key... keys) {
        addClassName("settings-elsewhere");
        var list = new UnorderedList();
        list.addClassName("settings-list");
        List.of(keys).forEach(key -> list.add(new ListItem(mono(key.name()), new QuietText(": " + key.meaning()))));
        add(
                new Paragraph(
                        new Span("Set in the configuration file, not here: that of "),
                        mono("--config"),
                        new Span(", which is read when the console starts.")),
                list,
                new Paragraph(new QuietText("All about it: "), mono(document)));
    }

    private static Span mono(String text) {
        var span = new Span(text);
        span.addClassName("mono");
        return span;
    }
}
