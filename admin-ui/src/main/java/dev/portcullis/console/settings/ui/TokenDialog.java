package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.components.EndField;
import org.springframework.security.access.AccessDeniedException;

import java.time.Clock;
import java.util.List;

/// Makes a token, and shows it this once.
final class TokenDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField name = new TextField("Name");
    private final CheckboxGroup<String> roles = new CheckboxGroup<>("Roles");
    private final EndField end;
    private final Div content = new Div();
    private final Button make = new Button("Make token", _ -> make());
    private final Button leave = new Button("Cancel", _ -> close());
    private final transient AdminTokenService tokens;
    private final transient Actor actor;
    private final transient Runnable made;

    TokenDialog(AdminTokenService tokens, Actor actor, Clock clock, Runnable made) {
        this.tokens = tokens;
        this.actor = actor;
        this.made = made;
        this.end = new EndField(clock, "From the day after on it is refused, for ever.");
        setHeaderTitle("New admin token");
        name.setRequired(true);
        name.setPlaceholder("ci");
        name.setHelperText("Lower case letters, digits, dots, underscores and hyphens. Records name it.");
        roles.setItems(Roles.ALL.stream().sorted().toList());
        roles.setItemEnabledProvider(role -> !role.equals(Roles.AUDITOR) || actor.isAuditor());
        roles.setRequiredIndicatorVisible(true);
        roles.addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        roles.setHelperText("As few as will do. Only auditors give the role of auditors.");
        content.addClassName("settings-fields");
        content.add(name, roles, end);
        add(content);
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(leave, make);
    }

    private void make() {
        name.setInvalid(false);
        roles.setInvalid(false);
        try {
            show(tokens.create(name.getValue().strip(), List.copyOf(roles.getValue()), end.end(), actor.name()));
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage());
            if (why.startsWith("expiresAt")) {
                end.refuse(why);
            } else if (why.startsWith("roles")) {
                roles.setInvalid(true);
                roles.setErrorMessage("Choose at least one.");
            } else {
                refuse("Not a name that a token may have.");
            }
        } catch (ConflictException e) {
            refuse("There is a good token of this name: revoke it first.");
        } catch (AccessDeniedException e) {
            Told.trouble("Only auditors may let others see what callers have sent.");
        }
    }

    private void refuse(String why) {
        name.setInvalid(true);
        name.setErrorMessage(why);
        name.focus();
    }

    private void show(AdminToken token) {
        var text = new Pre(token.text());
        text.addClassName("settings-secret");
        text.getElement().setAttribute("tabindex", "0");
        text.getElement().setAttribute("role", "group");
        text.getElement().setAttribute("aria-label", "The token");
        content.removeAll();
        content.add(TokensPanel.note("Copy it now: it is shown this once, and kept nowhere."), text);
        make.setVisible(false);
        leave.setText("Done");
        setCloseOnOutsideClick(false);
        made.run();
    }
}
