package dev.portcullis.console.promotion.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.promotion.ObservedCalls;
import dev.portcullis.console.promotion.Promotion;
import dev.portcullis.console.promotion.PromotionService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;
import java.util.function.Supplier;

/// `/api/v1/policy/draft/rules`: rules of the draft from observing to enforcing, and back.
@RestController
@RequestMapping("/api/v1/policy/draft/rules/{id}")
@Tag(name = "policy")
class PromotionResource {
    private final PromotionService promotions;
    private final Actor actor;

    PromotionResource(PromotionService promotions, Actor actor) {
        this.promotions = promotions;
        this.actor = actor;
    }

    /// @param mode `enforce` or `observe`
    /// @param observed what it would have refused in the last seven days
    record Promoted(String rule, String mode, ObservedCalls observed) {}

    @GetMapping("/observed")
    @Operation(summary = "What a rule that observes would have refused in the last seven days, by caller and tool")
    ObservedCalls observed(@PathVariable String id) {
        return promotions.observed(id);
    }

    @PostMapping("/promote")
    @Operation(summary = "Let a rule of the draft enforce; nothing is published")
    ResponseEntity<Promoted> promote(
            @PathVariable String id, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(() -> promotions.promote(id, actor.name(), Expectation.ofIfMatch(ifMatch)));
    }

    @PostMapping("/demote")
    @Operation(summary = "Let a rule of the draft observe; nothing is published")
    ResponseEntity<Promoted> demote(
            @PathVariable String id, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return answer(() -> promotions.demote(id, actor.name(), Expectation.ofIfMatch(ifMatch)));
    }

    private static ResponseEntity<Promoted> answer(Supplier<Promotion> change) {
        try {
            var changed = change.get();
            return ResponseEntity.ok()
                    .eTag(changed.draft().tag())
                    .body(new Promoted(changed.rule(), changed.mode(), changed.observed()));
        } catch (IllegalArgumentException e) {
            throw new ConflictException(e.getMessage() + ". Change it by hand.");
        }
    }
}
