package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.signin.PasswordService;
import dev.portcullis.console.signin.PasswordService.Result;
import dev.portcullis.console.signin.Passwords;
import dev.portcullis.console.signin.SignedIn;
import jakarta.annotation.security.RolesAllowed;

/// Changes one's own password; the only screen there is while the first password is still in use.
@Route("password")
@PageTitle("Password · Portcullis")
@RolesAllowed(Roles.VIEWER)
class PasswordView extends Div {
    private static final long serialVersionUID = 1L;

    private final transient PasswordService passwords;
    private final transient SignedIn signedIn;
    private final PasswordField current = new PasswordField("Current password");
    private final PasswordField wanted = new PasswordField("New password");
    private final PasswordField again = new PasswordField("New password, again");

    PasswordView(PasswordService passwords, SignedIn signedIn) {
        this.passwords = passwords;
        this.signedIn = signedIn;
        addClassName("view");
        var heading = new ViewHeading("Change password");
        if (!signedIn.hasPassword()) {
            heading.state("You signed in with your organization's account; its password is changed there.");
            add(heading);
            return;
        }
        if (signedIn.mustChangePassword()) {
            heading.state("The first password was printed on a screen: choose one that only you know.");
        }
        current.getElement().setAttribute("autocomplete", "current-password");
        wanted.getElement().setAttribute("autocomplete", "new-password");
        wanted.setHelperText("At least " + Passwords.MINIMUM_LENGTH + " characters. A sentence is easy to remember.");
        again.getElement().setAttribute("autocomplete", "new-password");
        var change = new Button("Change password", _ -> change());
        change.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        change.addClickShortcut(Key.ENTER);
        var form = new Div(
                current, wanted, again, change, new Paragraph("Other sessions of this account end when it changes."));
        form.addClassNames("panel", "password-form");
        add(heading, form);
        current.focus();
    }

    private void change() {
        fail(current, "");
        fail(wanted, "");
        fail(again, "");
        if (!wanted.getValue().equals(again.getValue())) {
            fail(again, "The two are not the same.");
            return;
        }
        var result = passwords.change(signedIn.username(), current.getValue(), wanted.getValue());
        switch (result) {
            case CHANGED -> done();
            case CURRENT_IS_WRONG -> fail(current, "This is not the current password.");
            case TOO_SHORT, TOO_LONG, SAME_AS_BEFORE, CONTAINS_USERNAME -> fail(wanted, sentence(result));
        }
    }

    private static String sentence(Result result) {
        return switch (result) {
            case TOO_SHORT -> "Use at least " + Passwords.MINIMUM_LENGTH + " characters.";
            case TOO_LONG -> "Use at most " + Passwords.MAXIMUM_LENGTH + " characters.";
            case SAME_AS_BEFORE -> "This is the current password.";
            case CONTAINS_USERNAME -> "Do not use the username in the password.";
            case CHANGED, CURRENT_IS_WRONG -> "";
        };
    }

    private void done() {
        signedIn.passwordChanged();
        Notification.show("Password changed").addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        getUI().ifPresent(ui -> ui.navigate(""));
    }

    private static void fail(PasswordField field, String message) {
        field.setErrorMessage(message);
        field.setInvalid(!message.isEmpty());
    }
}
