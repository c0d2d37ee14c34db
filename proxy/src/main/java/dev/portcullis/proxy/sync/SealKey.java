package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.SEAL_KEY;

import dev.portcullis.proxy.binding.Seals;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Objects;

/// The key that all replicas of an installation seal with. It lives in the database; the first replica
/// makes it.
public final class SealKey {
    private SealKey() {}

    /// Reads the key, and makes it when there is none. Waits for the database: not for event loops.
    ///
    /// @throws IOException when the database does not give it
    public static byte[] of(Database database) throws IOException {
        try (var connection = database.connect()) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            sql.insertInto(SEAL_KEY)
                    .set(SEAL_KEY.KEY, fresh())
                    .onConflictDoNothing()
                    .execute();
            return Objects.requireNonNull(
                    sql.select(SEAL_KEY.KEY).from(SEAL_KEY).fetchSingle(SEAL_KEY.KEY));
        } catch (SQLException | RuntimeException e) {
            throw new IOException("The key for sessions cannot be read from the database: " + e.getMessage(), e);
        }
    }

    private static byte[] fresh() {
        var key = new byte[Seals.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
