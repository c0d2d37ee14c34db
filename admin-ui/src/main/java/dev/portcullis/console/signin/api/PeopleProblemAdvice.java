package dev.portcullis.console.signin.api;

import dev.portcullis.console.signin.StalePersonException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns a change that came too late into a problem document.
@RestControllerAdvice
@Order(1)
class PeopleProblemAdvice {

    @ExceptionHandler
    ProblemDetail stale(StalePersonException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, trouble.getMessage());
    }
}
