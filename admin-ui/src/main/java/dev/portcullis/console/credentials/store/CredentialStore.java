package dev.portcullis.console.credentials.store;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.secrets.UpstreamCredential;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// Writes credentials, their secrets encrypted, each together with its admin event.
@Repository
public class CredentialStore {
    private final DSLContext sql;

    public CredentialStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public void set(
            String name,
            UpstreamCredential credential,
            Optional<OffsetDateTime> expiresAt,
            MasterKey masterKey,
            String actor) {
        var shown = CredentialSettings.of(credential);
        var settings = JSONB.valueOf(shown.settings().toString());
        var secret = encrypted(name, credential, masterKey);
        sql.transaction(transaction -> {
            var before = lock(transaction, name);
            transaction
                    .dsl()
                    .insertInto(CREDENTIALS)
                    .set(CREDENTIALS.NAME, name)
                    .set(CREDENTIALS.KIND, shown.kind())
                    .set(CREDENTIALS.SETTINGS, settings)
                    .set(CREDENTIALS.SECRET, secret)
                    .set(CREDENTIALS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .onConflict(CREDENTIALS.NAME)
                    .doUpdate()
                    .set(CREDENTIALS.KIND, shown.kind())
                    .set(CREDENTIALS.SETTINGS, settings)
                    .set(CREDENTIALS.SECRET, secret)
                    .set(CREDENTIALS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(CREDENTIALS.REVISION, CREDENTIALS.REVISION.plus(1))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .set(CREDENTIALS.UPDATED_AT, currentOffsetDateTime())
                    .execute();
            AdminEventStore.append(transaction, set(name, shown, expiresAt, before, actor));
        });
    }

    /// @return false when there is one of that name, which stays as it is
    public boolean add(
            String name,
            UpstreamCredential credential,
            Optional<OffsetDateTime> expiresAt,
            MasterKey masterKey,
            String actor) {
        var shown = CredentialSettings.of(credential);
        return sql.transactionResult(transaction -> {
            var added = transaction
                    .dsl()
                    .insertInto(CREDENTIALS)
                    .set(CREDENTIALS.NAME, name)
                    .set(CREDENTIALS.KIND, shown.kind())
                    .set(CREDENTIALS.SETTINGS, JSONB.valueOf(shown.settings().toString()))
                    .set(CREDENTIALS.SECRET, encrypted(name, credential, masterKey))
                    .set(CREDENTIALS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .onConflictDoNothing()
                    .execute();
            if (added == 1) {
                AdminEventStore.append(transaction, set(name, shown, expiresAt, Optional.empty(), actor));
            }
            return added == 1;
        });
    }

    /// Replaces the secret and its end, and nothing else.
    ///
    /// @param seen it has to be as it was then
    /// @return false when it is not
    public boolean rotate(
            CredentialRecord seen,
            UpstreamCredential credential,
            Optional<OffsetDateTime> expiresAt,
            MasterKey masterKey,
            String actor) {
        var name = seen.name();
        var shown = CredentialSettings.of(credential);
        var before = new Before(shown.settings().toString(), seen.expiresAt());
        return sql.transactionResult(transaction -> {
            var rotated = transaction
                    .dsl()
                    .update(CREDENTIALS)
                    .set(CREDENTIALS.SECRET, encrypted(name, credential, masterKey))
                    .set(CREDENTIALS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(CREDENTIALS.REVISION, CREDENTIALS.REVISION.plus(1))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .set(CREDENTIALS.UPDATED_AT, currentOffsetDateTime())
                    .where(CREDENTIALS.NAME.eq(name))
                    .and(CREDENTIALS.REVISION.eq(seen.revision()))
                    .execute();
            if (rotated == 1) {
                AdminEventStore.append(transaction, set(name, shown, expiresAt, Optional.of(before), actor));
            }
            return rotated == 1;
        });
    }

    /// Says when the secret ends, and changes nothing else.
    ///
    /// @param seen it has to be as it was then
    /// @return false when it is not
    public boolean changeEnd(CredentialRecord seen, Optional<OffsetDateTime> expiresAt, String actor) {
        return sql.transactionResult(transaction -> {
            var changed = transaction
                    .dsl()
                    .update(CREDENTIALS)
                    .set(CREDENTIALS.EXPIRES_AT, expiresAt.orElse(null))
                    .set(CREDENTIALS.REVISION, CREDENTIALS.REVISION.plus(1))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .set(CREDENTIALS.UPDATED_AT, currentOffsetDateTime())
                    .where(CREDENTIALS.NAME.eq(seen.name()))
                    .and(CREDENTIALS.REVISION.eq(seen.revision()))
                    .execute();
            if (changed == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.CREDENTIAL_CHANGED)
                                .about(seen.name())
                                .with(Map.of(
                                        "before", End.recorded(seen.expiresAt()),
                                        "after", End.recorded(expiresAt))));
            }
            return changed == 1;
        });
    }

    /// What a credential was before it was set.
    private record Before(String settings, Optional<OffsetDateTime> expiresAt) {}

    private static AdminEvent set(
            String name,
            CredentialSettings shown,
            Optional<OffsetDateTime> expiresAt,
            Optional<Before> before,
            String actor) {
        var detail = new HashMap<>(
                Map.of("kind", shown.kind(), "settings", shown.settings().toString()));
        before.ifPresent(known -> detail.put("before", known.settings()));
        var hadEnd = before.flatMap(Before::expiresAt);
        if (expiresAt.isPresent() || hadEnd.isPresent()) {
            detail.put("expiresAt", End.recorded(expiresAt));
            detail.put("expiresAtBefore", End.recorded(hadEnd));
        }
        return AdminEvent.of(actor, AdminEvent.CREDENTIAL_SET).about(name).with(detail);
    }

    private static Optional<Before> lock(Configuration transaction, String name) {
        return transaction
                .dsl()
                .select(CREDENTIALS.SETTINGS, CREDENTIALS.EXPIRES_AT)
                .from(CREDENTIALS)
                .where(CREDENTIALS.NAME.eq(name))
                .forUpdate()
                .fetchOptional(known -> new Before(known.value1().data(), Optional.ofNullable(known.value2())));
    }

    private static byte[] encrypted(String name, UpstreamCredential credential, MasterKey masterKey) {
        return masterKey.encrypt(
                credential.secret().reveal().getBytes(StandardCharsets.UTF_8),
                MasterKey.credential(name, CredentialSettings.of(credential)));
    }

    /// @return whether there was one
    public boolean remove(String name, String actor) {
        return sql.transactionResult(transaction -> {
            var removed = transaction
                    .dsl()
                    .deleteFrom(CREDENTIALS)
                    .where(CREDENTIALS.NAME.eq(name))
                    .execute();
            if (removed == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.CREDENTIAL_REMOVED).about(name));
            }
            return removed == 1;
        });
    }
}
