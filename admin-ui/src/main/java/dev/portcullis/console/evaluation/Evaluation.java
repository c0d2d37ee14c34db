package dev.portcullis.console.evaluation;

import dev.portcullis.policy.Explanation;

import java.util.List;

/// What the policy says to one request, and what is left of the limits it would count against.
public record Evaluation(Explanation explanation, List<LimitState> limits) {
    public Evaluation {
        limits = List.copyOf(limits);
    }
}
