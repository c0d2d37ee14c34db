package dev.portcullis.proxy.sync;

import dev.portcullis.configuration.DatabaseSettings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// The way to PostgreSQL. Connections notice a server that went silent; what the address itself says,
/// as `?socketTimeout=60`, has precedence.
public record Database(DatabaseSettings settings) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /// A new connection. Whoever asks for it closes it.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), properties());
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().reveal());
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        // The server quotes values in details; they do not belong in logs.
        properties.setProperty("logServerErrorDetail", "false");
        // A batch of inserts becomes a few statements with many rows.
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "portcullis-proxy");
        return properties;
    }
}
