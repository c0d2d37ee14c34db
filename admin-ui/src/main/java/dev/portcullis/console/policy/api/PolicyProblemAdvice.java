package dev.portcullis.console.policy.api;

import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyOwnedElsewhereException;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.policy.rego.OpaException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns what can be wrong with a policy, or with the moment it is written at, into problem documents.
@RestControllerAdvice
@Order(1)
class PolicyProblemAdvice {
    private final PolicyService policies;

    PolicyProblemAdvice(PolicyService policies) {
        this.policies = policies;
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidPolicyException trouble) {
        var status = trouble.readable() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST;
        var problem = ProblemDetail.forStatusAndDetail(
                status,
                trouble.readable()
                        ? "The policy document is not valid; see errors."
                        : "The policy document is neither YAML nor JSON; see errors.");
        problem.setProperty("errors", trouble.errors());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidModulesException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNPROCESSABLE_CONTENT, "The organization's own Rego cannot be used; see errors.");
        problem.setProperty("errors", trouble.errors());
        if (!trouble.output().isEmpty()) {
            problem.setProperty("output", trouble.output());
        }
        return problem;
    }

    /// The program is the operator's to put right, not the caller's.
    @ExceptionHandler
    ProblemDetail unusable(OpaException trouble) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The compiler of Rego cannot be used: " + trouble.getMessage());
    }

    @ExceptionHandler
    ProblemDetail stale(StalePolicyException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, trouble.getMessage());
        problem.setProperty("current", trouble.current());
        policies.published().ifPresent(version -> {
            problem.setProperty("version", version.version());
            problem.setProperty("author", version.author());
            problem.setProperty("publishedAt", version.publishedAt());
            problem.setProperty("comment", version.comment());
        });
        return problem;
    }

    @ExceptionHandler
    ProblemDetail ownedElsewhere(PolicyOwnedElsewhereException trouble) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, trouble.getMessage());
        problem.setProperty("repository", trouble.repository());
        return problem;
    }
}
