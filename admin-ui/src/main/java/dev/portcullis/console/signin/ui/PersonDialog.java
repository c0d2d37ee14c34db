package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
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
    private final Paragraph told = new Paragraph();
    private final boolean mayMakeAuditors;
    private transient Optional<Person> person;

    /// @param mayMakeAuditors whether the role can be given to who does not have it
    PersonDialog(Optional<Person> person, boolean mayMakeAuditors, PeoplePanel.Wanted wanted) {
        this.person = person;
        this.mayMakeAuditors = mayMakeAuditors;
        setHeaderTitle(person.map(known -> "Roles of " + known.username()).orElse("Add a person"));
        username.setHelperText("Lower case letters, digits and . _ @ -");
        username.setMaxLength(128);
        username.setVisible(person.isEmpty());
        person.ifPresent(known -> username.setValue(known.username()));
        roles.addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        roles.setItems(Roles.OF_PEOPLE);
        roles.setItemLabelGenerator(role -> WORDS.getOrDefault(role, role));
        person.ifPresent(_ -> roles.setHelperText("All their sessions end, and they sign in anew."));
        told.addClassName("people-told");
        told.getElement().setAttribute("role", "alert");
        told.setVisible(false);
        choose(person.map(Person::roles).orElse(List.of(Roles.VIEWER)));
        var fields = new Div(told, username, roles);
        fields.addClassName("people-fields");
        add(fields);
        var save = new Button(person.isPresent() ? "Change roles" : "Add person", _ -> save(wanted));
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.addClickShortcut(Key.ENTER);
        getFooter().add(new Button("Cancel", _ -> close()), save);
    }

    /// Goes on from how the person is now, and keeps what was changed here.
    void goOnFrom(Person now) {
        var meanwhile = person.map(before -> new Meanwhile(before, now));
        person = Optional.of(now);
        meanwhile.ifPresent(change -> {
            choose(change.with(roles.getValue()));
            told.setText(
                    change.sentence() + " Below are the roles of now with what you changed: look, and save again.");
            told.setVisible(true);
        });
    }

    private void choose(List<String> chosen) {
        roles.setItemEnabledProvider(role -> !role.equals(Roles.AUDITOR)
                || mayMakeAuditors
                || person.filter(Person::isAuditor).isPresent());
        roles.setValue(Set.copyOf(chosen));
    }

    private void save(PeoplePanel.Wanted wanted) {
        roles.setInvalid(roles.getValue().isEmpty());
        roles.setErrorMessage("Choose a role at least.");
        if (!roles.isInvalid() && (isUnchanged() || wanted.of(this))) {
            close();
        }
    }

    /// Who has changed nothing ends nobody's sessions.
    private boolean isUnchanged() {
        return person.filter(known -> Set.copyOf(known.roles()).equals(roles.getValue()))
                .isPresent();
    }

    String username() {
        return username.getValue().strip();
    }

    List<String> roles() {
        return List.copyOf(roles.getValue());
    }

    /// As they are shown; empty for a new one.
    Optional<Person> person() {
        return person;
    }
}
