package dev.portcullis.console.signin.store;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/// Writes administrators.
@Repository
public class AdministratorStore {
    private final DSLContext sql;

    public AdministratorStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Adds an administrator who must choose a password at the first sign-in, if there is none at all.
    ///
    /// @return whether one was added
    public boolean addFirst(String username, String passwordHash, List<String> roles) {
        return sql.transactionResult(transaction -> {
            var added = transaction
                            .dsl()
                            .insertInto(
                                    ADMINISTRATORS,
                                    ADMINISTRATORS.USERNAME,
                                    ADMINISTRATORS.PASSWORD_HASH,
                                    ADMINISTRATORS.ROLES,
                                    ADMINISTRATORS.MUST_CHANGE_PASSWORD)
                            .select(select(
                                            val(username),
                                            val(passwordHash),
                                            val(roles.toArray(String[]::new)),
                                            val(true))
                                    .where(notExists(selectOne().from(ADMINISTRATORS))))
                            .execute()
                    == 1;
            if (added) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of("system", AdminEvent.ADMINISTRATOR_CREATED)
                                .about(username)
                                .with(Map.of("roles", String.join(",", roles))));
            }
            return added;
        });
    }

    /// Replaces a password, and records that in the same transaction, unless somebody has changed the person meanwhile.
    ///
    /// @param revision that the current password was compared at
    /// @return whether it was replaced
    public boolean changePassword(String username, long revision, String passwordHash, AdminEvent event) {
        return sql.transactionResult(transaction -> {
            var changed = transaction
                    .dsl()
                    .update(ADMINISTRATORS)
                    .set(ADMINISTRATORS.PASSWORD_HASH, passwordHash)
                    .set(ADMINISTRATORS.MUST_CHANGE_PASSWORD, false)
                    .set(ADMINISTRATORS.PASSWORD_CHANGED_AT, currentOffsetDateTime())
                    .set(ADMINISTRATORS.REVISION, ADMINISTRATORS.REVISION.plus(1))
                    .where(ADMINISTRATORS.USERNAME.eq(username))
                    .and(ADMINISTRATORS.REVISION.eq(revision))
                    .execute();
            if (changed == 1) {
                AdminEventStore.append(transaction, event);
            }
            return changed == 1;
        });
    }

    /// Notes when somebody was last here, and records it in the same transaction.
    public void signedIn(String username, AdminEvent event) {
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .update(ADMINISTRATORS)
                    .set(ADMINISTRATORS.LAST_SIGNED_IN_AT, currentOffsetDateTime())
                    .where(ADMINISTRATORS.USERNAME.eq(username))
                    .execute();
            AdminEventStore.append(transaction, event);
        });
    }
}
