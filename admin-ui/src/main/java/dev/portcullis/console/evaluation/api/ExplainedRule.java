package dev.portcullis.console.evaluation.api;

import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.engine.WhyNot;

import java.util.List;

/// One rule's part in a decision.
///
/// @param unmatched the keys of `match` that do not match
/// @param whyNot the same with what the rule wants and what the request has
/// @param exception for a rule that matches, what its `except` wants and what the request has
/// @param says all of it in one line
public record ExplainedRule(
        String rule,
        String restriction,
        String mode,
        boolean asked,
        boolean matched,
        List<String> unmatched,
        boolean excepted,
        boolean refuses,
        List<String> because,
        List<WhyNot.Mismatch> whyNot,
        List<WhyNot.Mismatch> exception,
        String says) {
    public ExplainedRule {
        unmatched = List.copyOf(unmatched);
        because = List.copyOf(because);
        whyNot = List.copyOf(whyNot);
        exception = List.copyOf(exception);
    }

    static ExplainedRule of(Explanation.RulePart part, WhyNot reasons) {
        var whyNot = reasons.of(part);
        return new ExplainedRule(
                part.rule(),
                part.restriction(),
                part.mode(),
                part.asked(),
                part.matched(),
                part.unmatched(),
                part.excepted(),
                part.refuses(),
                part.because(),
                whyNot,
                reasons.exception(part),
                says(part, whyNot));
    }

    private static String says(Explanation.RulePart part, List<WhyNot.Mismatch> whyNot) {
        if (!part.asked()) {
            return part.rule() + ": has nothing to say about such a request";
        }
        return whyNot.isEmpty()
                ? part.describe()
                : part.rule() + ": does not match; "
                        + String.join(
                                "; ",
                                whyNot.stream().map(WhyNot.Mismatch::describe).toList());
    }
}
