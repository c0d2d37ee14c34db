package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.DATA_KEYS;

import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;

import java.security.GeneralSecurityException;
import java.util.Optional;

/// Keys of the gateway itself that are kept in the database, encrypted with the master key.
final class DataKeys {
    private DataKeys() {}

    /// The key of this name, made by whoever first needed it; empty when there is none, or when it was
    /// encrypted with another master key.
    static Optional<byte[]> existing(DSLContext sql, MasterKey masterKey, String name) {
        return sql.select(DATA_KEYS.WRAPPED)
                .from(DATA_KEYS)
                .where(DATA_KEYS.NAME.eq(name))
                .fetchOptional(DATA_KEYS.WRAPPED)
                .flatMap(wrapped -> opened(masterKey, wrapped, name));
    }

    private static Optional<byte[]> opened(MasterKey masterKey, byte[] wrapped, String name) {
        try {
            return Optional.of(masterKey.decrypt(wrapped, MasterKey.dataKey(name)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
