package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.signin.NewPassword;

/// Shows a password, this once.
final class OneTimePasswordDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    OneTimePasswordDialog(NewPassword made) {
        setHeaderTitle("Password of " + made.person().username());
        setCloseOnOutsideClick(false);
        var password = new TextField("One-time password");
        password.setValue(made.password().reveal());
        password.setReadOnly(true);
        password.setAutoselect(true);
        password.addClassName("mono");
        var fields = new Div(
                password,
                new Paragraph("Hand it over on a way that you trust. It is shown this once, and must be changed at the"
                        + " next sign-in."));
        fields.addClassName("people-fields");
        add(fields);
        var done = new Button("I have it", _ -> close());
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(done);
        addOpenedChangeListener(_ -> password.focus());
    }
}
