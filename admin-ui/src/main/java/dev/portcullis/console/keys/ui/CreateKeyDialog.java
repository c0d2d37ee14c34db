package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.keys.ApiKeyOrder;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks what a key is to be good for. What is wrong stands beside the field that it is about.
final class CreateKeyDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final TextField name =
            field("Name", "laptop-of-ada", "Who its holder is: records and rules know the caller as key:name.");
    private final CheckboxGroup<String> routes = new CheckboxGroup<>("Good for (none marked: every route)");
    private final TextField groups =
            field("Groups (optional)", "developers, bots", "What rules with match.groups look at.");
    private final TextField networks =
            field("Networks (optional)", "10.0.0.0/8", "Where it may be used from; anywhere when empty.");
    private final Select<KeyEnd> end = new Select<>();
    private final transient Clock clock;
    private final transient Consumer<ApiKeyOrder> create;

    /// @param create makes it
    CreateKeyDialog(Collection<String> known, Clock clock, Consumer<ApiKeyOrder> create) {
        this.clock = clock;
        this.create = create;
        setHeaderTitle("Make an API key");
        setWidth("32rem");
        routes.setItems(known);
        routes.setVisible(!known.isEmpty());
        routes.setManualValidation(true);
        end.setLabel("Expires");
        end.setItems(KeyEnd.values());
        end.setItemLabelGenerator(KeyEnd::label);
        end.setValue(KeyEnd.QUARTER);
        end.setManualValidation(true);
        var fields = new Div(name, routes, groups, networks, end);
        fields.addClassName("keys-fields");
        add(fields);
        name.focus();
        var confirm = new Button("Make the key", _ -> submit());
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void submit() {
        List.of(name, groups, networks).forEach(field -> field.setInvalid(false));
        end.setInvalid(false);
        try {
            create.accept(new ApiKeyOrder(
                    name.getValue().strip(),
                    Optional.of(List.copyOf(routes.getValue())).filter(chosen -> !chosen.isEmpty()),
                    names(groups),
                    names(networks),
                    end.getValue().end(clock.instant())));
            close();
        } catch (IllegalArgumentException e) {
            show(String.valueOf(e.getMessage()));
        } catch (ConflictException e) {
            show(name, String.valueOf(e.getMessage()));
        }
    }

    private void show(String error) {
        if (error.startsWith("groups")) {
            show(groups, error);
        } else if (error.startsWith("networks")) {
            show(networks, error);
        } else if (error.startsWith("expiresAt")) {
            end.setErrorMessage(error);
            end.setInvalid(true);
        } else {
            show(name, error);
        }
    }

    private static void show(TextField field, String error) {
        field.setErrorMessage(error);
        field.setInvalid(true);
        field.focus();
    }

    private static List<String> names(TextField field) {
        return Arrays.stream(field.getValue().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static TextField field(String label, String example, String hint) {
        var field = new TextField(label);
        field.setPlaceholder(example);
        field.setHelperText(hint);
        field.setWidthFull();
        field.setManualValidation(true);
        return field;
    }
}
