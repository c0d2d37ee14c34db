package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.components.EndField;
import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.credentials.EndingSecret;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// Asks for another secret of a credential that stays otherwise as it is.
final class RotateDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final PasswordField secret = new PasswordField();
    private final EndField end;

    /// @param rotate takes the secret, and the revision that this dialog has shown
    RotateDialog(CredentialRecord credential, Clock clock, BiConsumer<EndingSecret, OptionalLong> rotate) {
        end = new EndField(clock, "When its issuer ends it. The overview tells 14 days before.");
        setHeaderTitle("New secret for " + credential.name());
        setWidth("28rem");
        secret.setLabel(CredentialKind.of(credential.settings().kind()).secret());
        secret.setWidthFull();
        secret.setRevealButtonVisible(false);
        secret.setManualValidation(true);
        secret.getElement().setAttribute("autocomplete", "off");
        secret.focus();
        var confirm = new Button("Replace the secret", _ -> submit(credential, rotate));
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        var fields = new Div(
                new Paragraph("Proxies show the new one to " + String.join(", ", credential.upstreams())
                        + " within a second. The old one is not kept."),
                secret,
                end);
        fields.addClassName("routes-fields");
        add(fields);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void submit(CredentialRecord credential, BiConsumer<EndingSecret, OptionalLong> rotate) {
        secret.setInvalid(false);
        try {
            if (secret.getValue().isBlank()) {
                throw new IllegalArgumentException("Type or paste the new secret.");
            }
            rotate.accept(
                    new EndingSecret(new Secret(secret.getValue()), end.end()), OptionalLong.of(credential.revision()));
            secret.clear();
            close();
        } catch (IllegalArgumentException | ConflictException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void refuse(String why) {
        if (why.startsWith("expiresAt")) {
            end.refuse(why);
        } else {
            secret.setErrorMessage(why);
            secret.setInvalid(true);
            secret.focus();
        }
    }
}
