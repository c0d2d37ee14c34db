package dev.portcullis.console.api;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Turns exceptions of the REST API into problem documents (RFC 9457).
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String SOON = "2";
    private static final String NUMBER = "a whole number";

    /// What parameters have to be, by their types.
    private static final Map<Class<?>, String> EXPECTED = Map.of(
            OffsetDateTime.class, AskedTimes.EXPECTED,
            UUID.class, "an id such as 01936f5e-7b1c-7000-8000-000000000000",
            boolean.class, "true or false",
            int.class, NUMBER,
            Integer.class, NUMBER,
            long.class, NUMBER,
            Long.class, NUMBER);

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
    ProblemDetail stale(StaleException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, trouble.sentence());
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

    /// A parameter that is none of what it has to be. The framework's own words do not say what that is.
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException trouble, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var sentence = wrong(trouble);
        return sentence.isEmpty()
                ? super.handleTypeMismatch(trouble, headers, status, request)
                : handleExceptionInternal(
                        trouble, ProblemDetail.forStatusAndDetail(status, sentence.get()), headers, status, request);
    }

    private static Optional<String> wrong(TypeMismatchException trouble) {
        return trouble instanceof MethodArgumentTypeMismatchException parameter
                ? Optional.ofNullable(EXPECTED.get(
                                parameter.getParameter().nestedIfOptional().getNestedParameterType()))
                        .map(expected ->
                                parameter.getName() + ": " + parameter.getValue() + " (expected: " + expected + ")")
                : Optional.empty();
    }

    /// Our own mistake: logged with its cause, told without it.
    @ExceptionHandler
    ProblemDetail internalError(RuntimeException trouble) {
        LOG.error("a request to the REST API failed", trouble);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The console failed; its log says more.");
    }
}
