package dev.portcullis.proxy.audit;

import org.jooq.exception.DataAccessException;

import java.sql.SQLException;
import java.util.Optional;

/// What came of writing records.
sealed interface WriteResult {
    /// All of them are committed.
    record Stored() implements WriteResult {}

    /// The database works, and will not take at least one of them as it is.
    record Refused(String state) implements WriteResult {}

    /// The database could not be asked, or not now. Whether it committed is not known.
    record Unavailable(String reason) implements WriteResult {}

    /// Tells a record's own fault from the database's, by the class of its [error
    /// code](https://www.postgresql.org/docs/17/errcodes-appendix.html). In doubt it is the database's:
    /// such records are tried again, never dropped.
    static WriteResult of(RuntimeException failure) {
        if (!(failure instanceof DataAccessException refusal)) {
            return new Refused(failure.getClass().getSimpleName());
        }
        var cause = Optional.ofNullable(refusal.getCause(SQLException.class));
        var state = cause.map(SQLException::getSQLState).orElse("");
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            // data exception, integrity constraint violation, program limit exceeded (for instance of an index)
            case "22", "23", "54" -> new Refused(state);
            default -> new Unavailable(cause.map(WriteResult::reason).orElseGet(refusal::toString));
        };
    }

    /// The innermost message: the outer ones quote the statement with its values.
    private static String reason(SQLException failure) {
        var innermost = failure;
        while (innermost.getNextException() != null) {
            innermost = innermost.getNextException();
        }
        return innermost.toString();
    }
}
