package dev.portcullis.proxy.sync;

import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A connection that hears when policy or kills change. One thread uses it; [#abort] may come from
/// another.
final class ChangeFeed implements AutoCloseable {
    private static final String LISTEN = "listen portcullis";

    private final Connection connection;
    private final PGConnection notifications;

    private ChangeFeed(Connection connection, PGConnection notifications) {
        this.connection = connection;
        this.notifications = notifications;
    }

    static ChangeFeed open(Database database) throws SQLException {
        var connection = database.connect();
        try (var statement = connection.createStatement()) {
            statement.execute(LISTEN);
            return new ChangeFeed(connection, connection.unwrap(PGConnection.class));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// For statements between two calls of [#await].
    Connection connection() {
        return connection;
    }

    /// Returns when something changed, or at the latest after `patience`. What the notice says does not
    /// matter: whoever waits reads the tables.
    void await(Duration patience) throws SQLException {
        // 0 would wait for ever.
        var _ = notifications.getNotifications(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
    }

    /// Ends it at once, also while another thread waits in it.
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
