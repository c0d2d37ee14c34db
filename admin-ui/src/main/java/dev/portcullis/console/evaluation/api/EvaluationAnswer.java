package dev.portcullis.console.evaluation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.evaluation.Evaluation;
import dev.portcullis.console.evaluation.LimitState;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Explanation;

import java.util.List;
import java.util.Optional;

/// A decision and every rule's part in it.
///
/// @param decision `allow`, `deny` or `undecided`
/// @param visibleTools of the tools asked about
/// @param reason why nothing could be decided
/// @param limits what is left of the limits that an allowed call counts against; nothing is paid
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EvaluationAnswer(
        String decision,
        long policyVersion,
        List<Decision.Denial> denials,
        List<Decision.Denial> observed,
        List<Explanation.RulePart> rules,
        Optional<Decision.Obligations> obligations,
        Optional<List<String>> visibleTools,
        Optional<String> reason,
        List<LimitState> limits) {

    static EvaluationAnswer of(Evaluation evaluation) {
        return of(evaluation.explanation()).with(evaluation.limits());
    }

    private static EvaluationAnswer of(Explanation explanation) {
        return switch (explanation.decision()) {
            case Decision.Allow allow ->
                answer("allow", explanation, List.of())
                        .with(
                                Optional.of(allow.obligations()),
                                Optional.of(allow.visible().stream().sorted().toList())
                                        .filter(tools -> !tools.isEmpty()));
            case Decision.Deny deny -> answer("deny", explanation, deny.denials());
            case Decision.Undecided undecided ->
                new EvaluationAnswer(
                        "undecided",
                        undecided.policyVersion(),
                        List.of(),
                        List.of(),
                        explanation.rules(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(undecided.reason()),
                        List.of());
        };
    }

    private static EvaluationAnswer answer(String name, Explanation explanation, List<Decision.Denial> denials) {
        var decision = explanation.decision();
        return new EvaluationAnswer(
                name,
                decision.policyVersion(),
                denials,
                decision.observed(),
                explanation.rules(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private EvaluationAnswer with(List<LimitState> states) {
        return new EvaluationAnswer(
                decision, policyVersion, denials, observed, rules, obligations, visibleTools, reason, states);
    }

    private EvaluationAnswer with(Optional<Decision.Obligations> obligations, Optional<List<String>> visibleTools) {
        return new EvaluationAnswer(
                decision, policyVersion, denials, observed, rules, obligations, visibleTools, reason, limits);
    }
}
