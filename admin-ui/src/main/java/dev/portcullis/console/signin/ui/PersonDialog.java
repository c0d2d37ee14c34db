package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.signin.Person;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks for the username of a new person, or shows that of one, and for their roles.
final class PersonDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final Map<String, String> WORDS = Map.of(
            Roles.VIEWER, "Viewer: sees every screen, without arguments",
            Roles.AUDITOR, "Auditor: sees arguments with a reason, admin events, exports and evidence",
            Roles.EDITOR, "Editor: works on the policy and reviews tools",
            Roles.APPROVER, "Approver: approves what others propose",
            Roles.ADMIN, "Admin: all of these but Auditor, and kills, keys, settings and people");

    private final TextField username = new TextField("Username");
    private final CheckboxGroup<String> roles = new CheckboxGroup<>("Roles");

    /// @param mayMakeAuditors whether the role can be given to who does not have it
    PersonDialog(Optional<Person> person, boolean mayMakeAuditors, PeoplePanel.Wanted wanted) {
        setHeaderTitle(person.map(known -> "Roles of " + known.username()).orElse("Add a person"));
        username.setHelperText("Lower case letters, digits and . _ @ -");
        username.setMaxLength(128);
        username.setVisible(person.isEmpty());
        person.ifPresent(known -> username.setValue(known.username()));
        roles.addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        roles.setItems(Roles.OF_PEOPLE);
        roles.setItemLabelGenerator(role -> WORDS.getOrDefault(role, role));
        roles.setItemEnabledProvider(role -> !role.equals(Roles.AUDITOR)
                || mayMakeAuditors
                || person.filter(Person::isAuditor).isPresent());
        roles.setValue(Set.copyOf(person.map(Person::roles).orElse(List.of(Roles.VIEWER))));
        var fields = new Div(username, roles);
        fields.addClassName("people-fields");
        add(fields);
        var save = new Button(person.isPresent() ? "Change roles" : "Add person", _ -> save(wanted));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.addClickShortcut(Key.ENTER);
        getFooter().add(new Button("Cancel", _ -> close()), save);
    }

    private void save(PeoplePanel.Wanted wanted) {
        roles.setInvalid(roles.getValue().isEmpty());
        roles.setErrorMessage("Choose a role at least.");
        if (!roles.isInvalid() && wanted.of(username.getValue().strip(), List.copyOf(roles.getValue()))) {
            close();
        }
    }
}
