package dev.portcullis.console;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.portcullis.configuration.ConnectionBounds;
import dev.portcullis.configuration.DatabaseSettings;

import java.time.Duration;

/// The console's database connections: few, and none held while an admin thinks, or for ever while the database answers
/// nothing.
final class ConsolePool {
    private static final int MOST_CONNECTIONS = 8;
    private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private ConsolePool() {}

    /// @param sinks each of which keeps a connection for its lock
    static HikariDataSource open(DatabaseSettings database, int sinks) {
        var config = new HikariConfig();
        config.setPoolName("portcullis-console");
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password().reveal());
        config.setMaximumPoolSize(MOST_CONNECTIONS + sinks);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.addDataSourceProperty("ApplicationName", "portcullis-console");
        ConnectionBounds.driverProperties(SILENCE).forEach(config::addDataSourceProperty);
        config.setConnectionInitSql(ConnectionBounds.sessionSettings(SILENCE));
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new ConsoleStartException(
                    "The console cannot reach its database at " + database.address() + ": " + e.getMessage(), e);
        }
    }
}
