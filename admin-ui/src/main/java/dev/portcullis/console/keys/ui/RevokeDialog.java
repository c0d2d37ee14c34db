package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.keys.ApiKeyRecord;

import java.util.function.Consumer;

/// Asks why a key is made worthless, before it is.
final class RevokeDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    /// @param revoke takes the reason
    RevokeDialog(ApiKeyRecord key, Consumer<String> revoke) {
        setHeaderTitle("Revoke the key " + key.name() + "?");
        setWidth("28rem");
        var reason = new TextField("Reason");
        reason.setMaxLength(LONGEST);
        reason.setRequiredIndicatorVisible(true);
        reason.setManualValidation(true);
        reason.setValueChangeMode(ValueChangeMode.EAGER);
        reason.setHelperText("For the record. Other admins and auditors see it.");
        reason.setWidthFull();
        reason.focus();
        var confirm = new Button("Revoke it now", _ -> {
            close();
            revoke.accept(reason.getValue().strip());
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        confirm.setEnabled(false);
        reason.addValueChangeListener(
                change -> confirm.setEnabled(!change.getValue().isBlank()));
        var fields = new Div(
                new Paragraph("Every replica refuses pck_" + key.prefix()
                        + "_… within a second, and ends what it has open. It"
                        + " cannot be taken back; the name is free for another key."),
                reason);
        fields.addClassName("keys-fields");
        add(fields);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }
}
