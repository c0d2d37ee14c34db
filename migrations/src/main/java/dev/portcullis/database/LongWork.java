package dev.portcullis.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Work that takes longer than a database may usually be silent: the whole trail is read, or a part of it dropped.
public final class LongWork {
    private static final Duration LONGEST = Duration.ofHours(1);

    private LongWork() {}

    /// Lets the transaction that has begun on a connection take an hour for one statement, and wait so long for whoever
    /// reads it. A pool sets its connections back.
    public static void allow(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST.toMillis()));
        try (var statement = connection.createStatement()) {
            statement.execute("set local idle_in_transaction_session_timeout = " + LONGEST.toMillis());
        }
    }
}
