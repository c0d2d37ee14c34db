package dev.portcullis.console.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Turns exceptions of the REST API into problem documents (RFC 9457).
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String SOON = "2";

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, trouble.sentence());
    }

    @ExceptionHandler
    ProblemDetail badRequest(BadRequestException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, trouble.sentence());
    }

    @ExceptionHandler
    ProblemDetail conflict(ConflictException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, trouble.sentence());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(BusyException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, trouble.sentence());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, SOON)
                .body(problem);
    }

    @ExceptionHandler
    ProblemDetail forbidden(AccessDeniedException trouble) {
        LOG.debug("refused", trouble);
        return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "The token's roles do not allow this.");
    }

    /// Our own mistake: logged with its cause, told without it.
    @ExceptionHandler
    ProblemDetail internalError(RuntimeException trouble) {
        LOG.error("a request to the REST API failed", trouble);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The console failed; its log says more.");
    }
}
