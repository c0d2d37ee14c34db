package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.callers.RevocationOrder;

import java.util.function.Consumer;

/// Says what will happen, and asks why.
final class RevokeDialog extends ConfirmDialog {
    private static final long serialVersionUID = 1L;

    /// @param verb what the button says
    /// @param revoke takes the reason
    RevokeDialog(String question, String consequence, String verb, Consumer<String> revoke) {
        setHeader(question);
        var reason = new TextField("Reason");
        reason.setMaxLength(RevocationOrder.LONGEST_REASON);
        reason.setRequiredIndicatorVisible(true);
        reason.setHelperText("For the record. Other admins and auditors see it.");
        reason.setValueChangeMode(ValueChangeMode.EAGER);
        reason.setWidthFull();
        add(new Div(new Paragraph(consequence), reason));
        setCancelable(true);
        var confirm = new Button(verb, _ -> {
            revoke.accept(reason.getValue().strip());
            close();
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        confirm.setEnabled(false);
        reason.addValueChangeListener(
                change -> confirm.setEnabled(!change.getValue().isBlank()));
        setConfirmButton(confirm);
    }
}
