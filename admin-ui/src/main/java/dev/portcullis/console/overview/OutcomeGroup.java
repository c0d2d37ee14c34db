package dev.portcullis.console.overview;

import java.util.List;
import java.util.Map;

/// Outcomes that belong together for somebody who looks from afar.
public enum OutcomeGroup {
    SUCCEEDED("succeeded"),
    /// The gateway's "no", whatever the reason.
    REFUSALS("denied,refused"),
    /// The gateway said yes, and the call failed.
    ERRORS("tool_error,protocol_error,upstream_failed"),
    /// Neither: broken off, waiting for input, or not known.
    OTHERS("cancelled,input_required,unknown");

    private final String outcomes;

    /// @param outcomes with commas between them
    OutcomeGroup(String outcomes) {
        this.outcomes = outcomes;
    }

    /// As `audit.tool_calls` has them.
    public List<String> outcomes() {
        return List.of(outcomes.split(","));
    }

    long sum(Map<String, Long> calls) {
        return outcomes().stream()
                .mapToLong(outcome -> calls.getOrDefault(outcome, 0L))
                .sum();
    }
}
