package dev.portcullis.console.policy.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.policy.RuleHitService;
import dev.portcullis.console.policy.RuleHits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/policy/rules/hits`: how often rules have refused lately.
@RestController
@Tag(name = "policy")
class RuleHitResource {
    private final RuleHitService hits;

    RuleHitResource(RuleHitService hits) {
        this.hits = hits;
    }

    @GetMapping("/api/v1/policy/rules/hits")
    @Operation(
            summary = "How often each rule has refused, or would have, in the last days",
            description =
                    "From the counts of the overview, so the period begins and ends where those do. While `complete` is"
                            + " false, records of the last moments are still to be counted.")
    RuleHits hits(@RequestParam(defaultValue = "7") int days) {
        try {
            return hits.hits(days);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
