package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.overview.Attention;

import java.util.List;

/// What somebody should look at, each a link to where; or that there is nothing.
final class AttentionPanel extends Div {
    private static final long serialVersionUID = 1L;

    private static final int MOST = 12;

    private final UnorderedList items = new UnorderedList();
    private final Div nothing;

    AttentionPanel() {
        var sign = VaadinIcon.CHECK_CIRCLE.create();
        sign.getElement().setAttribute("aria-hidden", "true");
        nothing = new Div(sign, new Span("Nothing. No kill is engaged, and everything does what it should."));
        nothing.addClassName("overview-calm");
        addClassNames("panel", "overview-attention");
        add(new H2("Needs attention"), items, nothing);
    }

    void show(List<Attention> attention) {
        nothing.setVisible(attention.isEmpty());
        items.setVisible(!attention.isEmpty());
        items.removeAll();
        attention.stream().limit(MOST).forEach(item -> items.add(item(item)));
        if (attention.size() > MOST) {
            items.add(new ListItem("and " + (attention.size() - MOST) + " more, see the REST API's overview"));
        }
    }

    private static ListItem item(Attention attention) {
        return new ListItem(
                new Chip(attention.severity().word(), tone(attention.severity())),
                CallList.link(attention.screen(), attention.sentence()));
    }

    private static Tone tone(Attention.Severity severity) {
        return switch (severity) {
            case CRITICAL -> Tone.BAD;
            case WARNING -> Tone.REFUSED;
            case NOTICE -> Tone.QUIET;
        };
    }
}
