package dev.portcullis.console.keys.store;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.DATA_KEYS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.keys.ApiKeyOrder;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes API keys, each together with its admin event. Of a key itself only a hash is written.
@Repository
public class ApiKeyStore {
    private static final String DATA_KEY = "api_keys";

    private final DSLContext sql;

    public ApiKeyStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @return whether it was added; false when a good key has that name
    public boolean add(UUID id, ApiKeyOrder order, ApiKey key, MasterKey masterKey, String actor) {
        return sql.transactionResult(transaction -> {
            var hash = hasher(transaction.dsl(), masterKey).hash(key);
            var added = transaction
                    .dsl()
                    .insertInto(API_KEYS)
                    .set(API_KEYS.ID, id)
                    .set(API_KEYS.NAME, order.name())
                    .set(API_KEYS.PREFIX, key.prefix())
                    .set(API_KEYS.HASH, hash)
                    .set(API_KEYS.ROUTES, order.routes().map(ApiKeyStore::array).orElse(null))
                    .set(API_KEYS.GROUPS, array(order.groups()))
                    .set(API_KEYS.NETWORKS, array(order.networks()))
                    .set(API_KEYS.EXPIRES_AT, order.expiresAt().orElse(null))
                    .set(API_KEYS.CREATED_BY, actor)
                    .onConflictDoNothing()
                    .execute();
            if (added == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.API_KEY_CREATED)
                                .about(order.name())
                                .with(Map.of(
                                        "id", id.toString(),
                                        "prefix", key.prefix(),
                                        "routes",
                                                order.routes()
                                                        .map(Object::toString)
                                                        .orElse("all"),
                                        "groups", order.groups().toString())));
            }
            return added == 1;
        });
    }

    /// Revokes a key that is not revoked yet.
    public void revoke(UUID id, Optional<String> reason, String actor) {
        sql.transaction(transaction -> {
            var revoked = transaction
                    .dsl()
                    .update(API_KEYS)
                    .set(API_KEYS.REVOKED_BY, actor)
                    .set(API_KEYS.REVOKED_AT, currentOffsetDateTime())
                    .where(API_KEYS.ID.eq(id))
                    .and(API_KEYS.REVOKED_AT.isNull())
                    .returning(API_KEYS.NAME)
                    .fetchOptional(API_KEYS.NAME);
            revoked.ifPresent(name -> AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.API_KEY_REVOKED).about(name).with(revocation(id, reason))));
        });
    }

    private static Map<String, String> revocation(UUID id, Optional<String> reason) {
        return reason.map(words -> Map.of("id", id.toString(), "reason", words))
                .orElseGet(() -> Map.of("id", id.toString()));
    }

    /// The first key makes the hasher's.
    private static KeyHasher hasher(DSLContext sql, MasterKey masterKey) throws GeneralSecurityException {
        sql.insertInto(DATA_KEYS)
                .set(DATA_KEYS.NAME, DATA_KEY)
                .set(DATA_KEYS.WRAPPED, masterKey.encrypt(KeyHasher.newKey(), MasterKey.dataKey(DATA_KEY)))
                .onConflictDoNothing()
                .execute();
        var wrapped = Objects.requireNonNull(sql.select(DATA_KEYS.WRAPPED)
                .from(DATA_KEYS)
                .where(DATA_KEYS.NAME.eq(DATA_KEY))
                .fetchSingle(DATA_KEYS.WRAPPED));
        return new KeyHasher(masterKey.decrypt(wrapped, MasterKey.dataKey(DATA_KEY)));
    }

    private static String[] array(List<String> texts) {
        return texts.toArray(String[]::new);
    }
}
