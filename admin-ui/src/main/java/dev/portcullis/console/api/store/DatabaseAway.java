package dev.portcullis.console.api.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;

/// Tells the database that cannot be reached, answers nothing or is about to stop, from what it says otherwise.
final class DatabaseAway {
    static final String SENTENCE = "The console cannot reach its database now. Look whether it was done before you try"
            + " again: an answer may have been lost.";
    /// In seconds.
    static final String RETRY_AFTER = "5";

    private static final String CONNECTION_TROUBLE = "08";
    /// `admin_shutdown`, `crash_shutdown`, `cannot_connect_now` and `too_many_connections`.
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "53300");

    private DatabaseAway() {}

    static boolean isCauseOf(Throwable trouble) {
        return Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException said && isAway(said));
    }

    /// The pool has no state of its own for a connection that it could not get.
    private static boolean isAway(SQLException said) {
        var state = said.getSQLState();
        return said instanceof SQLTransientConnectionException
                || (state != null && (state.startsWith(CONNECTION_TROUBLE) || STATES.contains(state)));
    }
}
