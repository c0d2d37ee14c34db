package dev.portcullis.console.evaluation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.evaluation.Evaluation;
import dev.portcullis.console.evaluation.LimitState;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.engine.RequestSubjects;
import dev.portcullis.policy.engine.WhyNot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A decision and every rule's part in it.
///
/// @param decision `allow`, `deny` or `undecided`
/// @param policy which policy was asked
/// @param uncertain why it may be another one, for a request on record
/// @param tool the tool that is called, as the policy sees it
/// @param obligations what an allowed request goes upstream with
/// @param record what rules say of the record of a call, when some do
/// @param headers the same as header fields
/// @param visibleTools of the tools asked about, or else of those known, what the caller may see
/// @param toolsKnownFrom where the tools are known from, when the question did not name them
/// @param reason why nothing could be decided
/// @param limits what is left of the limits that an allowed call counts against; nothing is paid
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EvaluationAnswer(
        String decision,
        String policy,
        long policyVersion,
        Optional<String> uncertain,
        Optional<RequestSubjects.Tool> tool,
        List<Denial> denials,
        List<Denial> observed,
        List<ExplainedRule> rules,
        Optional<Decision.Obligations> obligations,
        Optional<KeptRecord> record,
        Optional<Map<String, String>> headers,
        List<LimitState> limits,
        Optional<List<String>> visibleTools,
        Optional<String> toolsKnownFrom,
        Optional<String> reason) {

    public static EvaluationAnswer of(Evaluation evaluation) {
        var document = evaluation.policy().document();
        var subjects = RequestSubjects.of(document, evaluation.input());
        var whyNot = new WhyNot(document, subjects);
        var explanation = evaluation.explanation();
        var decision = explanation.decision();
        var allow =
                decision instanceof Decision.Allow allowed ? Optional.of(allowed) : Optional.<Decision.Allow>empty();
        return new EvaluationAnswer(
                name(decision),
                evaluation.policy().name(),
                decision.policyVersion(),
                evaluation.uncertain(),
                subjects.tool(),
                decision instanceof Decision.Deny deny ? deny.denials() : List.of(),
                decision.observed(),
                explanation.rules().stream()
                        .map(part -> ExplainedRule.of(part, whyNot))
                        .toList(),
                allow.map(Decision.Allow::obligations),
                KeptRecord.of(decision),
                allow.map(Decision.Allow::obligations).map(EvaluationAnswer::upstreamHeaders),
                evaluation.limits(),
                evaluation
                        .visibleTools()
                        .or(() -> allow.map(
                                allowed -> allowed.visible().stream().sorted().toList())),
                evaluation.visibleTools().map(known -> "profile, reviews and catalogue"),
                decision instanceof Decision.Undecided undecided ? Optional.of(undecided.reason()) : Optional.empty());
    }

    private static String name(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> "allow";
            case Decision.Deny deny -> "deny";
            case Decision.Undecided undecided -> "undecided";
        };
    }

    /// As the gateway writes them.
    private static Map<String, String> upstreamHeaders(Decision.Obligations obligations) {
        var headers = new TreeMap<String, String>();
        obligations.upstreamReadOnly().ifPresent(on -> headers.put(Wishes.READ_ONLY_HEADER, on ? "1" : "0"));
        obligations
                .upstreamAllowedActions()
                .ifPresent(actions -> headers.put(Wishes.ALLOWED_ACTIONS_HEADER, String.join(",", actions)));
        return headers;
    }
}
