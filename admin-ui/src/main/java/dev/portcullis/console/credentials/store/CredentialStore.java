package dev.portcullis.console.credentials.store;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.secrets.UpstreamCredential;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import javax.sql.DataSource;

/// Writes credentials, their secrets encrypted, each together with its admin event.
@Repository
public class CredentialStore {
    private final DSLContext sql;

    public CredentialStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public void set(String name, UpstreamCredential credential, MasterKey masterKey, String actor) {
        var shown = CredentialSettings.of(credential);
        var settings = JSONB.valueOf(shown.settings().toString());
        var secret = masterKey.encrypt(
                credential.secret().reveal().getBytes(StandardCharsets.UTF_8), MasterKey.credential(name, shown));
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(CREDENTIALS)
                    .set(CREDENTIALS.NAME, name)
                    .set(CREDENTIALS.KIND, shown.kind())
                    .set(CREDENTIALS.SETTINGS, settings)
                    .set(CREDENTIALS.SECRET, secret)
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .onConflict(CREDENTIALS.NAME)
                    .doUpdate()
                    .set(CREDENTIALS.KIND, shown.kind())
                    .set(CREDENTIALS.SETTINGS, settings)
                    .set(CREDENTIALS.SECRET, secret)
                    .set(CREDENTIALS.REVISION, CREDENTIALS.REVISION.plus(1))
                    .set(CREDENTIALS.UPDATED_BY, actor)
                    .set(CREDENTIALS.UPDATED_AT, currentOffsetDateTime())
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.CREDENTIAL_SET)
                            .about(name)
                            .with(Map.of(
                                    "kind",
                                    shown.kind(),
                                    "settings",
                                    shown.settings().toString())));
        });
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
