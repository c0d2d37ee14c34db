package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.storage.HoldOrder;
import dev.portcullis.console.storage.LegalHold;

import java.util.function.Consumer;

/// Names the hold, and asks why it may end: what it kept may be dropped within the hour.
final class ReleaseHoldDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField reason = new TextField("Why it may end");
    private final transient Consumer<String> release;

    ReleaseHoldDialog(LegalHold hold, Consumer<String> release) {
        this.release = release;
        setHeaderTitle("Release this hold?");
        reason.setRequired(true);
        reason.setMaxLength(HoldOrder.LONGEST);
        var fields = new Div(
                new Paragraph("“" + hold.reason() + "” keeps " + hold.describe()
                        + ". What nothing else keeps and is old enough is dropped within the hour, for ever."),
                reason);
        fields.addClassName("settings-fields");
        add(fields);
        var confirm = new Button("Release", _ -> release());
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void release() {
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why.");
            reason.focus();
            return;
        }
        close();
        release.accept(reason.getValue().strip());
    }
}
