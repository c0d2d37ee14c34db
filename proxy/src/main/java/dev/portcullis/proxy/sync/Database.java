package dev.portcullis.proxy.sync;

import dev.portcullis.configuration.ConnectionBounds;
import dev.portcullis.configuration.DatabaseSettings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// The way to PostgreSQL. Connections notice a server that went silent, and the server a client that did; what the
/// address itself says, as `?socketTimeout=60`, has precedence.
public record Database(DatabaseSettings settings) {
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /// A new connection. Whoever asks for it closes it.
    public Connection connect() throws SQLException {
        var opened = DriverManager.getConnection(settings.url(), properties());
        try (var statement = opened.createStatement()) {
            statement.execute(ConnectionBounds.sessionSettings(Duration.ofMillis(opened.getNetworkTimeout())));
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().reveal());
        properties.putAll(ConnectionBounds.driverProperties(SILENCE));
        // The server quotes values in details; they do not belong in logs.
        properties.setProperty("logServerErrorDetail", "false");
        // A batch of inserts becomes a few statements with many rows.
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "portcullis-proxy");
        return properties;
    }
}
