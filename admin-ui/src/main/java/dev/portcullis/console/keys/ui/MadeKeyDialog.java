package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.CopyButton;
import dev.portcullis.console.keys.MadeKey;

/// Shows a key, this once. It goes away by its button alone: a click beside it would lose the key.
final class MadeKeyDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    MadeKeyDialog(MadeKey made) {
        setHeaderTitle("The key " + made.record().name());
        setWidth("34rem");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        var text = new Span(made.key().reveal());
        text.addClassNames("mono", "keys-secret");
        var line = new Div(text, new CopyButton("Copy", "the key", made.key().reveal()));
        line.addClassName("keys-made");
        var connect = new Anchor(connect(made), "How to connect a client with it");
        // In another tab: this one still shows the key.
        connect.setTarget("_blank");
        add(new Paragraph("Copy it now. It is kept nowhere, and nobody can show it again."), line, connect);
        var done = new Button("I have copied it", _ -> close());
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(done);
    }

    private static String connect(MadeKey made) {
        return "connect?credential=key"
                + made.record()
                        .routes()
                        .map(routes -> "&route=" + routes.getFirst())
                        .orElse("");
    }
}
