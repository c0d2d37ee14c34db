package dev.portcullis.console.tools.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.portcullis.console.policy.PolicyChangeService;
import dev.portcullis.console.tools.ToolReviewService;
import dev.portcullis.policy.document.ReviewedTool;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What came of a decision about tools.
///
/// @param version the policy version in force
/// @param published whether that is a new one; not when the document said it already
/// @param draft `followed` when there was no other work in it, `changed` when it has the decision too, `left`
///     when somebody has to make it there
/// @param tools what the document says of them now
/// @param skipped the tools that were left as they were, and why
/// @param proposal the number under which it waits for a second person, where one has to approve it
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ReviewAnswer(
        long version,
        boolean published,
        String draft,
        Map<String, Decided> tools,
        Map<String, String> skipped,
        Optional<Long> proposal) {

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Decided(@JsonProperty("class") String toolClass, Optional<String> definition) {
        static Decided of(ReviewedTool tool) {
            return new Decided(tool.toolClass().wireName(), tool.definition());
        }
    }

    static ReviewAnswer of(ToolReviewService.Reviewed reviewed) {
        var tools = new TreeMap<String, Decided>();
        reviewed.tools().forEach((name, tool) -> tools.put(name, Decided.of(tool)));
        return of(reviewed.outcome(), tools, new TreeMap<>(reviewed.skipped()));
    }

    static ReviewAnswer of(PolicyChangeService.Outcome outcome) {
        return of(outcome, Map.of(), Map.of());
    }

    private static ReviewAnswer of(
            PolicyChangeService.Outcome outcome, Map<String, Decided> tools, Map<String, String> skipped) {
        return new ReviewAnswer(
                outcome.version(),
                outcome.published(),
                outcome.draft().name().toLowerCase(Locale.ROOT),
                tools,
                skipped,
                outcome.proposal());
    }
}
