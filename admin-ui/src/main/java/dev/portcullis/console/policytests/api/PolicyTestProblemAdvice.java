package dev.portcullis.console.policytests.api;

import dev.portcullis.console.policytests.FailedTestsException;
import dev.portcullis.console.policytests.StaleTestException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns failing and changed tests into problem documents.
@RestControllerAdvice
@Order(1)
class PolicyTestProblemAdvice {

    @ExceptionHandler
    ProblemDetail failed(FailedTestsException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, trouble.getMessage());
        problem.setProperty(
                "failed", trouble.failed().stream().map(ResultView::of).toList());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail stale(StaleTestException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, trouble.getMessage());
    }
}
