package dev.portcullis.console.api.store;

import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import java.util.Set;

/// Turns a character that PostgreSQL has no place for, in a text or in JSON, into a problem document: it is the
/// sender's
/// mistake. Whatever else the database says is our own.
@RestControllerAdvice
@Order(1)
class UnstorableTextAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(UnstorableTextAdvice.class);

    /// `character_not_in_repertoire` and `untranslatable_character`.
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    @ExceptionHandler
    ProblemDetail unstorable(DataAccessException trouble) {
        if (UNSTORABLE.contains(trouble.sqlState())) {
            LOG.debug("refused", trouble);
            return ProblemDetail.forStatusAndDetail(
                    HttpStatus.BAD_REQUEST, "The character U+0000 is in what was sent (expected: none).");
        }
        LOG.error("the database refused a request to the REST API", trouble);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The console failed; its log says more.");
    }
}
