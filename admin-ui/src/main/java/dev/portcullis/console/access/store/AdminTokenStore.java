package dev.portcullis.console.access.store;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes admin tokens.
@Repository
public class AdminTokenStore {
    /// How records name whoever acts with a token.
    private static final String TOKEN = "token:";

    private final DSLContext sql;

    public AdminTokenStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Adds a token if there has never been one; a revoked first token is not replaced behind the
    /// admins' backs.
    ///
    /// @return whether it was added
    public boolean addFirst(AdminToken token, String name, List<String> roles) {
        return sql.transactionResult(transaction -> {
            var added = transaction
                            .dsl()
                            .insertInto(
                                    ADMIN_TOKENS,
                                    ADMIN_TOKENS.ID,
                                    ADMIN_TOKENS.NAME,
                                    ADMIN_TOKENS.TOKEN_HASH,
                                    ADMIN_TOKENS.ROLES)
                            .select(select(
                                            val(UUID.randomUUID()),
                                            val(name),
                                            val(token.hash()),
                                            val(roles.toArray(String[]::new)))
                                    .where(notExists(selectOne().from(ADMIN_TOKENS))))
                            .execute()
                    == 1;
            if (added) {
                AdminEventStore.append(transaction, created(name, roles, Optional.empty(), "system"));
            }
            return added;
        });
    }

    private static AdminEvent created(
            String name, List<String> roles, Optional<OffsetDateTime> expiresAt, String actor) {
        var detail = new HashMap<>(Map.of("roles", String.join(",", roles)));
        expiresAt.ifPresent(end -> detail.put("expiresAt", End.recorded(Optional.of(end))));
        return AdminEvent.of(actor, AdminEvent.ADMIN_TOKEN_CREATED).about(name).with(detail);
    }

    /// Adds a token, unless a good one has its name.
    ///
    /// @return whether it was added
    public boolean add(
            AdminToken token, String name, List<String> roles, Optional<OffsetDateTime> expiresAt, String actor) {
        return sql.transactionResult(transaction -> {
            var tx = transaction.dsl();
            tx.execute("lock table {0} in share row exclusive mode", ADMIN_TOKENS);
            var taken = tx.fetchExists(ADMIN_TOKENS, ADMIN_TOKENS.NAME.eq(name).and(AdminTokenQuery.isGood()));
            if (taken) {
                return false;
            }
            tx.insertInto(ADMIN_TOKENS)
                    .set(ADMIN_TOKENS.ID, UUID.randomUUID())
                    .set(ADMIN_TOKENS.NAME, name)
                    .set(ADMIN_TOKENS.TOKEN_HASH, token.hash())
                    .set(ADMIN_TOKENS.ROLES, roles.toArray(String[]::new))
                    .set(ADMIN_TOKENS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(ADMIN_TOKENS.MAKER, person(transaction, actor).orElse(null))
                    .execute();
            AdminEventStore.append(transaction, created(name, roles, expiresAt, actor));
            return true;
        });
    }

    /// The person behind whoever makes a token: themselves, or whoever made the token with which they do.
    private static Optional<String> person(Configuration transaction, String actor) {
        return actor.startsWith(TOKEN)
                ? transaction
                        .dsl()
                        .select(ADMIN_TOKENS.MAKER)
                        .from(ADMIN_TOKENS)
                        .where(ADMIN_TOKENS.NAME.eq(actor.substring(TOKEN.length())))
                        .and(AdminTokenQuery.isGood())
                        .limit(1)
                        .fetchOptional(ADMIN_TOKENS.MAKER)
                : Optional.of(actor);
    }

    /// Gives a good token another end, or none.
    ///
    /// @param seen it has to be as it was then
    /// @return false when it is not, or not good any more
    public boolean changeEnd(AdminTokenRecord seen, Optional<OffsetDateTime> end, String actor) {
        return sql.transactionResult(transaction -> {
            var isChanged = transaction
                            .dsl()
                            .update(ADMIN_TOKENS)
                            .set(ADMIN_TOKENS.EXPIRES_AT, end.orElse(null))
                            .set(ADMIN_TOKENS.REVISION, ADMIN_TOKENS.REVISION.plus(1))
                            .where(ADMIN_TOKENS.ID.eq(seen.id()))
                            .and(ADMIN_TOKENS.REVISION.eq(seen.revision()))
                            .and(AdminTokenQuery.isGood())
                            .execute()
                    == 1;
            if (isChanged) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.ADMIN_TOKEN_CHANGED)
                                .about(seen.name())
                                .with(Map.of(
                                        "before", End.recorded(seen.expiresAt()),
                                        "after", End.recorded(end))));
            }
            return isChanged;
        });
    }

    /// Revokes a token, if it is not yet.
    ///
    /// @return its name; empty when there is none
    public Optional<String> revoke(UUID id, String actor) {
        return sql.transactionResult(transaction -> {
            var revoked = transaction
                    .dsl()
                    .update(ADMIN_TOKENS)
                    .set(ADMIN_TOKENS.REVOKED_AT, currentOffsetDateTime())
                    .where(ADMIN_TOKENS.ID.eq(id))
                    .and(ADMIN_TOKENS.REVOKED_AT.isNull())
                    .returningResult(ADMIN_TOKENS.NAME)
                    .fetchOptional(ADMIN_TOKENS.NAME);
            revoked.ifPresent(name -> AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.ADMIN_TOKEN_REVOKED).about(name)));
            return revoked.or(() -> transaction
                    .dsl()
                    .select(ADMIN_TOKENS.NAME)
                    .from(ADMIN_TOKENS)
                    .where(ADMIN_TOKENS.ID.eq(id))
                    .fetchOptional(ADMIN_TOKENS.NAME));
        });
    }
}
