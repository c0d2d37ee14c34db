package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.signin.PeopleService;
import dev.portcullis.console.signin.Person;
import dev.portcullis.console.signin.SignInSettings;
import dev.portcullis.console.signin.StalePersonException;
import org.springframework.security.access.AccessDeniedException;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/// People with a password of this console, and what admins do about them; and which groups of the identity provider
/// have which roles.
@StyleSheet("signin.css")
final class PeoplePanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient PeopleService people;
    private final transient Actor actor;
    private final transient Clock clock;
    private final UnorderedList list = new UnorderedList();

    PeoplePanel(PeopleService people, Actor actor, Clock clock, SignInSettings settings) {
        this.people = people;
        this.actor = actor;
        this.clock = clock;
        addClassName("people");
        var add = new Button("Add person…", VaadinIcon.PLUS.create(), _ -> add());
        add.setVisible(actor.isAdmin());
        var words = new Div(new H2("People with a password"), new Paragraph(sentence(settings)));
        var head = new Div(words, add);
        head.addClassName("people-head");
        list.addClassName("people-list");
        add(head, list);
        settings.provider().ifPresent(provider -> add(new GroupRoles(provider)));
        refresh();
    }

    private static String sentence(SignInSettings settings) {
        return settings.local()
                ? "They sign in with a username and a password of this console."
                : "Signing in with a password is switched off in the configuration of this console: console.signIn.local.";
    }

    private void refresh() {
        list.removeAll();
        people.list().forEach(person -> list.add(row(person)));
    }

    private Component row(Person person) {
        var name = new Span(person.username());
        name.addClassNames("mono", "people-name");
        var chips = new Div();
        chips.addClassName("people-roles");
        person.roles().forEach(role -> chips.add(new Chip(role, Tone.QUIET)));
        if (person.isLocked()) {
            chips.add(new Chip("locked", Tone.BAD));
        }
        var state = new Span(state(person));
        state.addClassName("secondary");
        var row = new ListItem(name, chips, state);
        if (actor.isAdmin()) {
            row.add(menu(person));
        }
        return row;
    }

    private String state(Person person) {
        if (person.isLocked()) {
            return "by " + person.lockedBy().orElse("somebody") + ", "
                    + person.lockedAt().map(Moments::toTheSecond).orElse("");
        }
        if (person.mustChangePassword()) {
            return "has not yet chosen a password";
        }
        return person.lastSignedInAt()
                .map(time -> "signed in " + Moments.ago(time, clock.instant()))
                .orElse("has not signed in lately");
    }

    private Component menu(Person person) {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_ICON, MenuBarVariant.LUMO_SMALL);
        var root = menu.addItem(VaadinIcon.ELLIPSIS_DOTS_H.create());
        root.getElement().setAttribute("aria-label", "Change " + person.username());
        var items = root.getSubMenu();
        items.addItem("Change roles…", _ -> changeRoles(person));
        if (!person.username().equals(actor.name())) {
            items.addItem("Reset password…", _ -> resetPassword(person));
            if (person.isLocked()) {
                items.addItem("Unlock", _ -> attempt(() -> people.unlock(person.username(), actor.name())));
            } else {
                items.addItem("Lock…", _ -> lock(person));
            }
            items.addItem("Remove…", _ -> remove(person));
        }
        return menu;
    }

    private void add() {
        new PersonDialog(
                        Optional.empty(),
                        actor.isAuditor(),
                        filledIn -> attempt(() -> {
                            var made = people.create(filledIn.username(), filledIn.roles(), actor.name());
                            new OneTimePasswordDialog(made).open();
                        }))
                .open();
    }

    private void changeRoles(Person person) {
        new PersonDialog(Optional.of(person), actor.isAuditor(), this::changeRoles).open();
    }

    /// When somebody else was first, the dialog goes on from what they made of the person, if there still is one.
    private boolean changeRoles(PersonDialog dialog) {
        var seen = dialog.person().orElseThrow();
        try {
            people.changeRoles(seen.username(), dialog.roles(), OptionalLong.of(seen.revision()), actor.name());
            return true;
        } catch (StalePersonException | NotFoundException _) {
            var now = people.byUsername(seen.username());
            now.ifPresentOrElse(
                    dialog::goOnFrom, () -> trouble("Somebody else has removed " + seen.username() + " meanwhile."));
            return now.isEmpty();
        } catch (ConflictException | IllegalArgumentException | AccessDeniedException e) {
            trouble(String.valueOf(e.getMessage()));
            return false;
        } finally {
            refresh();
        }
    }

    private void resetPassword(Person person) {
        confirm(
                "Reset the password of " + person.username() + "?",
                "The password of now is worthless at once, and all sessions of this person end.",
                "Reset password",
                () -> new OneTimePasswordDialog(people.resetPassword(
                                person.username(), OptionalLong.of(person.revision()), actor.name()))
                        .open());
    }

    private void lock(Person person) {
        confirm(
                "Lock " + person.username() + "?",
                "All sessions of this person end at once, and no other can be opened until somebody unlocks them."
                        + " Tokens that they have made go on.",
                "Lock",
                () -> people.lock(person.username(), actor.name()));
    }

    private void remove(Person person) {
        confirm(
                "Remove " + person.username() + "?",
                "All sessions of this person end at once. What they have done stays on record.",
                "Remove",
                () -> people.remove(person.username(), OptionalLong.of(person.revision()), actor.name()));
    }

    private void confirm(String question, String text, String verb, Runnable then) {
        var dialog = new ConfirmDialog(question, text, verb, _ -> attempt(then));
        dialog.setCancelable(true);
        dialog.setConfirmButtonTheme("primary error");
        dialog.open();
    }

    private boolean attempt(Runnable change) {
        try {
            change.run();
            return true;
        } catch (ConflictException
                | NotFoundException
                | StalePersonException
                | IllegalArgumentException
                | AccessDeniedException e) {
            trouble(String.valueOf(e.getMessage()));
            return false;
        } finally {
            refresh();
        }
    }

    private static void trouble(String sentence) {
        Notification.show(sentence).addThemeVariants(NotificationVariant.LUMO_ERROR);
    }

    /// Takes what was filled in.
    interface Wanted {
        /// @return whether there is nothing more to do, and the dialog may close
        boolean of(PersonDialog filledIn);
    }
}
