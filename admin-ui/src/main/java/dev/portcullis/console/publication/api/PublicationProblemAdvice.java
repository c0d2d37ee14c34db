package dev.portcullis.console.publication.api;

import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.publication.NotASecondPersonException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns what keeps a publication waiting into problem documents.
@RestControllerAdvice
@Order(1)
class PublicationProblemAdvice {

    @ExceptionHandler
    ProblemDetail alone(ApprovalNeededException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, trouble.getMessage());
    }

    @ExceptionHandler
    ProblemDetail notASecondPerson(NotASecondPersonException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, trouble.getMessage());
    }
}
