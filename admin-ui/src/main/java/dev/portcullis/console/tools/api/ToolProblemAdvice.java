package dev.portcullis.console.tools.api;

import dev.portcullis.console.policy.NoPolicyPublishedException;
import dev.portcullis.console.tools.DefinitionMovedException;
import dev.portcullis.console.tools.UnknownToolException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns what can be wrong with a decision about tools into problem documents.
@RestControllerAdvice
@Order(1)
class ToolProblemAdvice {

    @ExceptionHandler
    ProblemDetail unknown(UnknownToolException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, trouble.getMessage());
    }

    @ExceptionHandler
    ProblemDetail moved(DefinitionMovedException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, trouble.getMessage());
        problem.setProperty("current", trouble.current());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail none(NoPolicyPublishedException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, trouble.getMessage());
    }
}
