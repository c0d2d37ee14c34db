package dev.portcullis.console.policy;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How often rules have refused lately, or would have.
///
/// @param from the first moment that was counted
/// @param to the first moment that was not
/// @param complete whether every record is counted by now; a moment ago there may have been some more
/// @param items those that were hit, the most often first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RuleHits(Instant from, Instant to, boolean complete, List<Hits> items) {
    public RuleHits {
        items = List.copyOf(items);
    }

    /// @param rule a rule's id, or another name that records have for a reason
    /// @param denied calls that it refused
    /// @param observed calls that it would have refused
    public record Hits(String rule, long denied, long observed) {
        long all() {
            return denied + observed;
        }
    }

    /// Hits of one rule.
    public Optional<Hits> of(String rule) {
        return items.stream().filter(hits -> hits.rule().equals(rule)).findFirst();
    }
}
