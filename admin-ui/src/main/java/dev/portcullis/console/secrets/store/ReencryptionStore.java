package dev.portcullis.console.secrets.store;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static dev.portcullis.database.gateway.Tables.DATA_KEYS;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.database.gateway.tables.records.CredentialsRecord;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// Encrypts with the newest key what an older one encrypted.
@Repository
public class ReencryptionStore {
    private static final Logger LOG = LoggerFactory.getLogger(ReencryptionStore.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext sql;

    public ReencryptionStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// What cannot be read with this key at all is left as it is, and named in the log.
    public void encryptAnew(MasterKey key) {
        sql.transaction(transaction -> {
            var rows = dataKeys(transaction.dsl(), key) + credentials(transaction.dsl(), key);
            if (rows > 0) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of("system", AdminEvent.SECRETS_REENCRYPTED)
                                .with(Map.of("secrets", Integer.toString(rows))));
            }
        });
    }

    private static int dataKeys(DSLContext sql, MasterKey key) {
        int changed = 0;
        for (var row : sql.selectFrom(DATA_KEYS).forUpdate().fetch()) {
            var anew = anew(key, row.getWrapped(), MasterKey.dataKey(row.getName()));
            if (anew.isPresent()) {
                row.setWrapped(anew.get());
                changed += row.update();
            }
        }
        return changed;
    }

    private static int credentials(DSLContext sql, MasterKey key) {
        int changed = 0;
        for (var row : sql.selectFrom(CREDENTIALS).forUpdate().fetch()) {
            var anew = anew(key, row.getSecret(), MasterKey.credential(row.getName(), settings(row)));
            if (anew.isPresent()) {
                row.setSecret(anew.get());
                changed += row.update();
            }
        }
        return changed;
    }

    private static CredentialSettings settings(CredentialsRecord row) {
        return new CredentialSettings(
                row.getKind(), (ObjectNode) JSON.readTree(row.getSettings().data()));
    }

    private static Optional<byte[]> anew(MasterKey key, byte[] encrypted, String context) {
        if (key.isNewestFor(encrypted)) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.encrypt(key.decrypt(encrypted, context), context));
        } catch (GeneralSecurityException e) {
            LOG.atError().addKeyValue("secret", context).log("was encrypted with a key that secrets.key does not have");
            return Optional.empty();
        }
    }
}
