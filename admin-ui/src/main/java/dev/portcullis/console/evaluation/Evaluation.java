package dev.portcullis.console.evaluation;

import dev.portcullis.console.policy.ChosenPolicy;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.PolicyInput;

import java.util.List;
import java.util.Optional;

/// What a policy says to one request, and why.
///
/// @param uncertain why the answer may be another one: the record of the request hides what it depends
///     on, and the explanation takes it that nothing hidden is refused
/// @param visibleTools of the tools known, those that the caller may see; empty when that was the question
/// @param limits what is left of the limits it would count against
public record Evaluation(
        ChosenPolicy policy,
        PolicyInput input,
        Explanation explanation,
        Optional<String> uncertain,
        Optional<List<String>> visibleTools,
        List<LimitState> limits) {
    public Evaluation {
        limits = List.copyOf(limits);
    }
}
