package dev.portcullis.console.evaluation.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.evaluation.EvaluationService;
import dev.portcullis.policy.PolicyInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;

/// `/api/v1/policy/evaluate`: explain one request.
@RestController
@RequestMapping("/api/v1/policy/evaluate")
@Tag(name = "policy")
class EvaluationResource {
    private final EvaluationService evaluations;
    private final Clock clock;

    EvaluationResource(EvaluationService evaluations, Clock clock) {
        this.evaluations = evaluations;
        this.clock = clock;
    }

    @PostMapping
    @Operation(summary = "What the policy says to one request, and every rule's part in it")
    EvaluationAnswer evaluate(@RequestBody EvaluationRequest request) {
        var input = input(request);
        return EvaluationAnswer.of(
                request.isAboutDraft()
                        ? evaluations.underDraft(input)
                        : evaluations
                                .underPublishedPolicy(input)
                                .orElseThrow(() -> new NotFoundException("No policy has been published yet.")));
    }

    private PolicyInput input(EvaluationRequest request) {
        try {
            return request.input(clock.instant());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
