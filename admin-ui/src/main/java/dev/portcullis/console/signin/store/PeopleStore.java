package dev.portcullis.console.signin.store;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.database.gateway.tables.records.AdministratorsRecord;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import javax.sql.DataSource;

/// Adds, changes and removes people; each change and the event that tells of it happen together. One change at a time,
/// so that two admins cannot both remove the one before the last.
@Repository
public class PeopleStore {
    private final DSLContext sql;

    PeopleStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// What came of a change.
    public enum Outcome {
        DONE,
        NOBODY,
        STALE,
        LAST_ADMIN
    }

    /// Writes a row that is locked against others, and says what it did.
    private interface Change {
        AdminEvent write(AdministratorsRecord row);
    }

    /// @return false when somebody has that username
    public boolean add(String username, String passwordHash, List<String> roles, String actor) {
        return sql.transactionResult(transaction -> {
            var added = transaction
                    .dsl()
                    .insertInto(ADMINISTRATORS)
                    .set(ADMINISTRATORS.USERNAME, username)
                    .set(ADMINISTRATORS.PASSWORD_HASH, passwordHash)
                    .set(ADMINISTRATORS.ROLES, roles.toArray(String[]::new))
                    .set(ADMINISTRATORS.MUST_CHANGE_PASSWORD, true)
                    .onConflictDoNothing()
                    .execute();
            if (added == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.ADMINISTRATOR_CREATED)
                                .about(username)
                                .with(Map.of("roles", String.join(",", roles))));
            }
            return added == 1;
        });
    }

    public Outcome changeRoles(String username, List<String> roles, long revision, String actor) {
        return change(username, OptionalLong.of(revision), roles.contains(Roles.ADMIN), row -> {
            var before = String.join(",", row.getRoles());
            row.setRoles(roles.toArray(String[]::new));
            next(row);
            return AdminEvent.of(actor, AdminEvent.ADMINISTRATOR_CHANGED)
                    .with(Map.of("before", before, "after", String.join(",", roles)));
        });
    }

    /// Who is locked already stays so since then.
    public Outcome lock(String username, String actor) {
        return change(username, OptionalLong.empty(), false, row -> {
            var before = state(row);
            if (row.getLockedAt() == null) {
                row.setLockedAt(OffsetDateTime.now(ZoneOffset.UTC));
                row.setLockedBy(actor);
                next(row);
            }
            return AdminEvent.of(actor, AdminEvent.ADMINISTRATOR_LOCKED)
                    .with(Map.of("before", before, "after", state(row)));
        });
    }

    public Outcome unlock(String username, String actor) {
        return change(username, OptionalLong.empty(), true, row -> {
            var before = state(row);
            row.setLockedAt(null);
            row.setLockedBy(null);
            next(row);
            return AdminEvent.of(actor, AdminEvent.ADMINISTRATOR_UNLOCKED)
                    .with(Map.of("before", before, "after", state(row)));
        });
    }

    public Outcome resetPassword(String username, String passwordHash, long revision, String actor) {
        return change(username, OptionalLong.of(revision), true, row -> {
            row.setPasswordHash(passwordHash);
            row.setMustChangePassword(true);
            row.setPasswordChangedAt(OffsetDateTime.now(ZoneOffset.UTC));
            next(row);
            return AdminEvent.of(actor, AdminEvent.PASSWORD_RESET);
        });
    }

    public Outcome remove(String username, OptionalLong revision, String actor) {
        return change(username, revision, false, row -> {
            row.delete();
            return AdminEvent.of(actor, AdminEvent.ADMINISTRATOR_REMOVED)
                    .with(Map.of("roles", String.join(",", row.getRoles())));
        });
    }

    /// @param revision what the change is based on, if that matters
    /// @param staysAdmin whether an admin is still one afterwards
    private Outcome change(String username, OptionalLong revision, boolean staysAdmin, Change change) {
        return sql.transactionResult(transaction -> {
            transaction.dsl().execute("lock table {0} in share row exclusive mode", ADMINISTRATORS);
            var found = transaction.dsl().fetchOptional(ADMINISTRATORS, ADMINISTRATORS.USERNAME.eq(username));
            if (found.isEmpty()) {
                return Outcome.NOBODY;
            }
            var row = found.get();
            if (revision.isPresent() && revision.getAsLong() != row.getRevision()) {
                return Outcome.STALE;
            }
            if (!staysAdmin && isLastAdmin(transaction, row)) {
                return Outcome.LAST_ADMIN;
            }
            AdminEventStore.append(transaction, change.write(row).about(username));
            return Outcome.DONE;
        });
    }

    private static boolean isLastAdmin(Configuration transaction, AdministratorsRecord row) {
        var admins = ADMINISTRATORS.ROLES.contains(new String[] {Roles.ADMIN}).and(ADMINISTRATORS.LOCKED_AT.isNull());
        return List.of(row.getRoles()).contains(Roles.ADMIN)
                && row.getLockedAt() == null
                && !transaction
                        .dsl()
                        .fetchExists(ADMINISTRATORS, admins.and(ADMINISTRATORS.USERNAME.ne(row.getUsername())));
    }

    private static void next(AdministratorsRecord row) {
        row.setRevision(row.getRevision() + 1);
        row.update();
    }

    private static String state(AdministratorsRecord row) {
        return row.getLockedAt() == null ? "open" : "locked";
    }
}
