package dev.portcullis.bench;

import dev.portcullis.configuration.Secret;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/// A caller whom the gateway knows, by an API key, as a member of [#GROUP].
final class KnownCaller {
    static final String GROUP = "measured";

    private static final String INSERT_HASHER = "insert into gateway.data_keys (name, wrapped) values (?, ?)";
    private static final String INSERT_KEY =
            "insert into gateway.api_keys (id, name, prefix, hash, groups, created_by) values (?, ?, ?, ?, ?, 'bench')";
    private static final String HASHER = "api_keys";

    private final Secret masterKey = MasterKey.generate();
    private final ApiKey key = ApiKey.generate();

    /// What the replicas have to be configured with.
    Secret masterKey() {
        return masterKey;
    }

    /// What shows who it is.
    String authorization() {
        return "Bearer " + key.reveal();
    }

    /// Makes it known, as the console would.
    void store(Connection connection) throws SQLException {
        var hasherKey = KeyHasher.newKey();
        try (var hasher = connection.prepareStatement(INSERT_HASHER);
                var row = connection.prepareStatement(INSERT_KEY)) {
            hasher.setString(1, HASHER);
            hasher.setBytes(2, MasterKey.read(masterKey).encrypt(hasherKey, MasterKey.dataKey(HASHER)));
            hasher.executeUpdate();
            row.setObject(1, UUID.randomUUID());
            row.setString(2, GROUP);
            row.setString(3, key.prefix());
            row.setBytes(4, new KeyHasher(hasherKey).hash(key));
            row.setArray(5, connection.createArrayOf("text", new Object[] {GROUP}));
            row.executeUpdate();
        }
    }
}
