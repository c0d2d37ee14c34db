package dev.portcullis.policy.engine;

import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Rule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why rules are not about a request, in words: what the rule wants, and what the request has there.
public final class WhyNot {
    private final Map<String, Rule> rules;
    private final RequestSubjects subjects;

    public WhyNot(PolicyDocument document, RequestSubjects subjects) {
        this.rules = document.rules().stream()
                .collect(Collectors.toMap(Rule::id, Function.identity(), (first, second) -> first));
        this.subjects = subjects;
    }

    /// A key of a condition.
    ///
    /// @param wants the entries of the rule
    /// @param has what the request has there; empty when it has nothing of the kind
    public record Mismatch(String key, List<String> wants, List<String> has) {
        public Mismatch {
            wants = List.copyOf(wants);
            has = List.copyOf(has);
        }

        public String describe() {
            return key + ": the rule wants " + listed(wants) + ", the request has " + listed(has);
        }

        private static String listed(List<String> texts) {
            return texts.isEmpty() ? "nothing" : String.join(" or ", texts);
        }
    }

    /// The keys of `match` that do not match.
    public List<Mismatch> of(Explanation.RulePart part) {
        var rule = rules.get(part.rule());
        return rule == null
                ? List.of()
                : part.unmatched().stream()
                        .map(name -> Condition.Key.valueOf(name.toUpperCase(Locale.ROOT)))
                        .map(key -> mismatch(key, rule.match()))
                        .toList();
    }

    /// The keys of `except`, for a rule that it does not take the request out of.
    public List<Mismatch> exception(Explanation.RulePart part) {
        var rule = rules.get(part.rule());
        return rule == null || part.excepted() || !part.unmatched().isEmpty()
                ? List.of()
                : rule.except()
                        .map(except -> except.keys().stream()
                                .map(key -> mismatch(key, except))
                                .toList())
                        .orElseGet(List::of);
    }

    private Mismatch mismatch(Condition.Key key, Condition condition) {
        return new Mismatch(key.wireName(), condition.entries(key).orElseGet(List::of), subjects.of(key, condition));
    }
}
