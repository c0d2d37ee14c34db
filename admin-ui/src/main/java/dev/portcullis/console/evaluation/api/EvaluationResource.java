package dev.portcullis.console.evaluation.api;

import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.evaluation.EvaluationService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
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

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What a policy says to one request, and every rule's part in it")
    EvaluationAnswer evaluate(@RequestBody byte[] body) {
        return EvaluationAnswer.of(evaluations.explain(EvaluationReader.read(JsonPlace.of(body), clock.instant())));
    }
}
