package dev.portcullis.console.sinks.store;

import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

/// The right to work for a sink, which one console at a time has.
///
/// It belongs to a connection that is kept for it and has no transaction, so it may be held while a receiver is waited
/// for. It goes with the connection; that two work at once for a moment then is no harm, because cursors only move from
/// where they were read. One thread.
public final class SinkLock implements AutoCloseable {
    private static final String TRY = "select pg_try_advisory_lock(hashtext('portcullis.sinks'), hashtext(?))";
    private static final String UNLOCK = "select pg_advisory_unlock(hashtext('portcullis.sinks'), hashtext(?))";
    private static final int ANSWER_SECONDS = 5;

    private final DataSource database;
    private final String sink;
    private Optional<Connection> held = Optional.empty();

    SinkLock(DataSource database, String sink) {
        this.database = database;
        this.sink = sink;
    }

    /// Whether it is held by this console, which takes it when nobody else has it.
    public boolean isOurs() {
        try {
            if (held.isPresent() && !held.get().isValid(ANSWER_SECONDS)) {
                abort(held.get());
                held = Optional.empty();
            }
            if (held.isEmpty()) {
                held = taken();
            }
            return held.isPresent();
        } catch (SQLException e) {
            throw new DataAccessException("the lock of the sink " + sink, e);
        }
    }

    private Optional<Connection> taken() throws SQLException {
        var asked = database.getConnection();
        var isOurs = false;
        try {
            asked.setAutoCommit(true);
            isOurs =
                    DSL.using(asked, SQLDialect.POSTGRES).fetchSingle(TRY, sink).get(0, boolean.class);
            return isOurs ? Optional.of(asked) : Optional.empty();
        } finally {
            if (!isOurs) {
                asked.close();
            }
        }
    }

    /// Lets another console have it. The pool would keep the connection, and the lock with it.
    @Override
    public void close() {
        held.ifPresent(connection -> {
            try {
                DSL.using(connection, SQLDialect.POSTGRES).fetch(UNLOCK, sink);
                connection.close();
            } catch (SQLException | RuntimeException e) {
                abort(connection);
            }
        });
        held = Optional.empty();
    }

    private static void abort(Connection broken) {
        try {
            broken.abort(Runnable::run);
            broken.close();
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }
}
