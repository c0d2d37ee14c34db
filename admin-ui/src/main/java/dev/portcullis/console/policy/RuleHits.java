package dev.portcullis.console.policy;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How often rules have refused lately, or would have.
///
/// @param from the first moment that was counted
/// @param to the first moment that was not
/// @param complete whether that is all that was asked for; otherwise there were so many that only the newest were
///     counted, and every number is more than that
/// @param items those that were hit, the most often first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RuleHits(Instant from, Instant to, boolean complete, List<Hits> items) {
    public RuleHits {
        items = List.copyOf(items);
    }

    /// @param rule a rule's id, or another name that records have for a reason
    /// @param denied calls that it refused
    /// @param observed calls that it would have refused
    public record Hits(String rule, long denied, long observed) {}

    /// Hits of one rule.
    public Optional<Hits> of(String rule) {
        return items.stream().filter(hits -> hits.rule().equals(rule)).findFirst();
    }

    /// The same by rule.
    public Map<String, Hits> byRule() {
        return items.stream().collect(Collectors.toMap(Hits::rule, Function.identity()));
    }
}
