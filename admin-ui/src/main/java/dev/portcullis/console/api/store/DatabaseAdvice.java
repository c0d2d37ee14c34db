package dev.portcullis.console.api.store;

import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import java.util.Set;

/// Turns what the database says into a problem document. That it is away, or answers nothing, passes; a character that
/// PostgreSQL has no place for, in a text or in JSON, is the sender's mistake. Whatever else it says is our own.
@RestControllerAdvice
@Order(1)
class DatabaseAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAdvice.class);

    /// `character_not_in_repertoire` and `untranslatable_character`.
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    @ExceptionHandler
    ResponseEntity<ProblemDetail> trouble(DataAccessException trouble) {
        if (DatabaseAway.isCauseOf(trouble)) {
            LOG.atWarn().addKeyValue("reason", trouble.toString()).log("the database does not answer the REST API");
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, DatabaseAway.RETRY_AFTER)
                    .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, DatabaseAway.SENTENCE));
        }
        if (UNSTORABLE.contains(trouble.sqlState())) {
            LOG.debug("refused", trouble);
            return problem(HttpStatus.BAD_REQUEST, "The character U+0000 is in what was sent (expected: none).");
        }
        LOG.error("the database refused a request to the REST API", trouble);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The console failed; its log says more.");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
