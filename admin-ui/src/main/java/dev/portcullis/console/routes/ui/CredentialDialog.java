package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.components.EndField;
import dev.portcullis.console.credentials.EndingSecret;
import dev.portcullis.secrets.CredentialSettings;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks for a credential. What is wrong stands beside the field that it is about; the secret is sent once.
final class CredentialDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField name = field("Name", "port-eu");
    private final Select<CredentialKind> kind = new Select<>();
    private final TextField upstreams = field("Upstreams that may be shown it", "https://mcp.port.io");
    private final Map<String, TextField> settings = new LinkedHashMap<>();
    private final PasswordField secret = new PasswordField();
    private final EndField end;
    private final transient Save save;

    /// Keeps it.
    @FunctionalInterface
    interface Save {
        /// @throws IllegalArgumentException naming the key that is wrong
        void accept(String name, CredentialSettings settings, EndingSecret secret);
    }

    CredentialDialog(Clock clock, Save save) {
        this.save = save;
        end = new EndField(clock, "When its issuer ends it. The overview tells 14 days before.");
        setHeaderTitle("Add a credential");
        setWidth("32rem");
        settings.put("header", field("Header", "X-Api-Key"));
        settings.put("endpoint", field("Token endpoint", "https://api.getport.io/v1/auth/access_token"));
        settings.put("clientId", field("Client id", ""));
        settings.put("scope", field("Scope (optional)", ""));
        settings.put("resource", field("Resource (optional)", ""));
        kind.setLabel("Kind");
        kind.setItems(CredentialKind.values());
        kind.setItemLabelGenerator(CredentialKind::label);
        kind.addValueChangeListener(_ -> arrange());
        kind.setValue(CredentialKind.HEADER);
        kind.setWidthFull();
        upstreams.setHelperText(
                "Scheme, host and port, with commas between. It is sent to no other server, whatever the policy says.");
        secret.setWidthFull();
        secret.setManualValidation(true);
        secret.setRevealButtonVisible(false);
        secret.getElement().setAttribute("autocomplete", "off");
        secret.setHelperText("Kept encrypted. Nobody sees it again.");
        var fields = new Div(name, kind, upstreams);
        settings.values().forEach(fields::add);
        fields.add(secret, end);
        fields.addClassName("routes-fields");
        add(fields);
        var confirm = new Button("Add credential", _ -> submit());
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void arrange() {
        settings.forEach(
                (key, field) -> field.setVisible(kind.getValue().settings().contains(key)));
        secret.setLabel(kind.getValue().secret());
    }

    private void submit() {
        clearErrors();
        try {
            if (secret.getValue().isBlank()) {
                throw new IllegalArgumentException("secret: (expected)");
            }
            save.accept(name.getValue().strip(), shown(), new EndingSecret(new Secret(secret.getValue()), end.end()));
            secret.clear();
            close();
        } catch (IllegalArgumentException e) {
            show(String.valueOf(e.getMessage()));
        } catch (ConflictException e) {
            show("name: " + e.getMessage());
        }
    }

    private CredentialSettings shown() {
        var node = JsonNodeFactory.instance.objectNode();
        var origins = node.putArray("upstreams");
        Arrays.stream(upstreams.getValue().split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .forEach(origins::add);
        settings.forEach((key, field) -> {
            if (kind.getValue().settings().contains(key) && !field.getValue().isBlank()) {
                node.put(key, field.getValue().strip());
            }
        });
        return new CredentialSettings(kind.getValue().wireName(), node);
    }

    private void show(String error) {
        var key = error.replaceFirst("^([A-Za-z]+):?.*", "$1");
        if (key.equals("secret")) {
            secret.setErrorMessage(error);
            secret.setInvalid(true);
            secret.focus();
            return;
        }
        if (key.equals("expiresAt")) {
            end.refuse(error);
            return;
        }
        var field = key.equals("upstreams") ? upstreams : settings.getOrDefault(key, name);
        field.setErrorMessage(error);
        field.setInvalid(true);
        field.focus();
    }

    private void clearErrors() {
        name.setInvalid(false);
        upstreams.setInvalid(false);
        secret.setInvalid(false);
        settings.values().forEach(field -> field.setInvalid(false));
    }

    private static TextField field(String label, String example) {
        var field = new TextField(label);
        field.setPlaceholder(example);
        field.setWidthFull();
        field.setManualValidation(true);
        return field;
    }
}
