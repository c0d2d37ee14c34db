package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.portcullis.console.toolcalls.Revelation;

import java.util.function.Consumer;

/// Asks an auditor why they want to see what a caller has sent.
final class RevealDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextArea reason = new TextArea("Reason");
    private final transient Consumer<String> then;

    RevealDialog(Consumer<String> then) {
        this.then = then;
        setHeaderTitle("Reveal arguments and result");
        reason.setRequired(true);
        reason.setMaxLength(Revelation.LONGEST);
        reason.setWidthFull();
        reason.setHelperText("For instance a ticket. It is recorded with your name.");
        add(new Paragraph("Secrets stay redacted."), reason);
        var reveal = new Button("Reveal", _ -> reveal());
        reveal.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), reveal);
    }

    private void reveal() {
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("A reason is needed.");
            reason.focus();
            return;
        }
        close();
        then.accept(reason.getValue());
    }
}
