package dev.portcullis.console.signin;

import dev.portcullis.configuration.Secret;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.console.signin.store.PeopleStore;
import dev.portcullis.console.signin.store.PeopleStore.Outcome;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// People with a password of this console. There is always an admin among them who may sign in, whatever becomes of
/// the identity provider.
///
/// Nobody lets others see what callers have sent who may not see it: neither by giving the role AUDITOR nor by a
/// password for somebody who has it.
@Service
public class PeopleService {
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,127}");

    private final AdministratorQuery query;
    private final PeopleStore store;
    private final PasswordEncoder encoder;
    private final OpenSessions sessions;
    private final Actor self;

    PeopleService(
            AdministratorQuery query, PeopleStore store, PasswordEncoder encoder, OpenSessions sessions, Actor self) {
        this.query = query;
        this.store = store;
        this.encoder = encoder;
        this.sessions = sessions;
        this.self = self;
    }

    /// By username.
    @RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
    public List<Person> list() {
        return query.people();
    }

    @RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
    public Optional<Person> byUsername(String username) {
        return query.person(username);
    }

    /// @throws IllegalArgumentException when the username or a role is none
    /// @throws ConflictException when somebody has that username
    @RolesAllowed(Roles.ADMIN)
    public NewPassword create(String username, List<String> roles, String actor) {
        if (!USERNAME.matcher(username).matches()) {
            throw new IllegalArgumentException("username: " + username
                    + " (expected: lower case letters, digits and . _ @ -, at most 128, beginning with one of the"
                    + " first two)");
        }
        check(roles);
        if (roles.contains(Roles.AUDITOR)) {
            onlyForAuditors();
        }
        var password = Passwords.random();
        if (!store.add(username, encoder.encode(password), sorted(roles), actor)) {
            throw new ConflictException("There is a person " + username + " already.");
        }
        return new NewPassword(existing(username), new Secret(password));
    }

    /// Gives a person these roles in place of those they have. They must sign in again.
    ///
    /// @param revision what the change is based on, if that matters
    /// @throws StalePersonException when somebody has changed the person meanwhile
    @RolesAllowed(Roles.ADMIN)
    public Person changeRoles(String username, List<String> roles, OptionalLong revision, String actor) {
        check(roles);
        // What was looked at has to be what is changed: otherwise a revision to come would give back what was taken.
        var before = asExpected(username, revision);
        if (roles.contains(Roles.AUDITOR) && !before.isAuditor()) {
            onlyForAuditors();
        }
        done(username, store.changeRoles(username, sorted(roles), before.revision(), actor));
        sessions.end(username);
        return existing(username);
    }

    /// Ends a person's sessions, and lets them open no other.
    @RolesAllowed(Roles.ADMIN)
    public Person lock(String username, String actor) {
        notOneself(username, actor, "lock");
        done(username, store.lock(username, actor));
        sessions.end(username);
        return existing(username);
    }

    @RolesAllowed(Roles.ADMIN)
    public Person unlock(String username, String actor) {
        done(username, store.unlock(username, actor));
        return existing(username);
    }

    /// Makes the person's password worthless, and a new one that they must change when they have signed in.
    ///
    /// @param revision what the change is based on, if that matters: a password that somebody else has just handed
    ///     over would be worthless, too
    /// @throws StalePersonException when somebody has changed the person meanwhile
    @RolesAllowed(Roles.ADMIN)
    public NewPassword resetPassword(String username, OptionalLong revision, String actor) {
        notOneself(username, actor, "reset the password of");
        var before = asExpected(username, revision);
        if (before.isAuditor()) {
            onlyForAuditors();
        }
        var password = Passwords.random();
        done(username, store.resetPassword(username, encoder.encode(password), before.revision(), actor));
        sessions.end(username);
        return new NewPassword(existing(username), new Secret(password));
    }

    /// @param revision what the change is based on, if that matters
    /// @throws StalePersonException when somebody has changed the person meanwhile
    @RolesAllowed(Roles.ADMIN)
    public void remove(String username, OptionalLong revision, String actor) {
        notOneself(username, actor, "remove");
        done(username, store.remove(username, revision, actor));
        sessions.end(username);
    }

    private static void check(List<String> roles) {
        if (roles.isEmpty() || !Roles.OF_PEOPLE.containsAll(roles)) {
            throw new IllegalArgumentException(
                    "roles: " + roles + " (expected: some of " + String.join(", ", Roles.OF_PEOPLE) + ")");
        }
    }

    private static List<String> sorted(List<String> roles) {
        return Roles.OF_PEOPLE.stream().filter(roles::contains).toList();
    }

    private void onlyForAuditors() {
        if (!self.isAuditor()) {
            throw new AccessDeniedException("only auditors may let others see what callers have sent");
        }
    }

    private static void notOneself(String username, String actor, String verb) {
        if (username.equals(actor)) {
            throw new ConflictException("Nobody may " + verb + " themselves: ask another admin.");
        }
    }

    private Person existing(String username) {
        return query.person(username).orElseThrow(() -> new NotFoundException("There is no person " + username + "."));
    }

    private Person asExpected(String username, OptionalLong revision) {
        var person = existing(username);
        if (revision.orElse(person.revision()) != person.revision()) {
            throw new StalePersonException(username);
        }
        return person;
    }

    private static void done(String username, Outcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case NOBODY -> throw new NotFoundException("There is no person " + username + ".");
            case STALE -> throw new StalePersonException(username);
            case LAST_ADMIN ->
                throw new ConflictException(
                        username + " is the last admin who may sign in: let somebody else be one first.");
        }
    }
}
