package dev.portcullis.console.evaluation;

import dev.portcullis.console.evaluation.query.LimitQuery;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.limit.LimitBucket;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks up what is left of the limits that an allowed call counts against.
@Component
class LimitStates {
    private final LimitQuery buckets;

    LimitStates(LimitQuery buckets) {
        this.buckets = buckets;
    }

    List<LimitState> of(PolicyDocument document, PolicyInput input, Decision decision) {
        if (!(decision instanceof Decision.Allow allow) || !(input.question() instanceof Question.ToolCall call)) {
            return List.of();
        }
        return allow.obligations().limits().stream()
                .flatMap(claim ->
                        limit(document, claim.rule()).map(limit -> state(document, input, call, claim, limit)).stream())
                .toList();
    }

    private LimitState state(
            PolicyDocument document,
            PolicyInput input,
            Question.ToolCall call,
            Decision.LimitClaim claim,
            Restriction.Limit limit) {
        var bucket = bucket(document.organization(), LimitBucket.of(input, call, claim.rule(), limit));
        var refill = Optional.ofNullable(buckets.refills(List.of(bucket.key())).get(bucket.key()));
        return new LimitState(
                claim.rule(),
                claim.mode(),
                limit.calls(),
                limit.per().wireName(),
                limit.by().wireName(),
                refill.map(found -> bucket.left(found.fullAt(), found.now())).orElse(limit.calls()),
                refill.filter(found -> found.fullAt().isAfter(found.now())).<Instant>map(LimitQuery.Refill::fullAt));
    }

    /// Proxies ask in the name of the document's organization, whatever a question that nobody has sent says.
    private static LimitBucket bucket(String organization, LimitBucket asked) {
        return new LimitBucket(organization, asked.rule(), asked.calls(), asked.period(), asked.subject());
    }

    private static Optional<Restriction.Limit> limit(PolicyDocument document, String rule) {
        return document.rules().stream()
                .filter(known -> known.id().equals(rule))
                .findFirst()
                .flatMap(known ->
                        known.restriction() instanceof Restriction.Limit limit ? Optional.of(limit) : Optional.empty());
    }
}
