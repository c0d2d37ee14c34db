package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an organization's own modules say to one question: denials, and what lists must not show.
record OwnAnswer(List<Denial> denials, Set<String> hidden) {
    /// No rule, wish or kill has such a name, so that records cannot mistake one for another.
    private static final Pattern NAME = Pattern.compile("custom:[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String RESTRICTION = "custom";

    OwnAnswer {
        denials = List.copyOf(denials);
        hidden = Set.copyOf(hidden);
    }

    /// @throws NoAnswer when it does not have its form
    static OwnAnswer read(String resultSet) {
        var answer = AnswerReader.own(resultSet);
        for (var denial : answer.denials()) {
            if (!NAME.matcher(denial.rule()).matches() || !denial.restriction().equals(RESTRICTION)) {
                throw new NoAnswer("the organization's own rules refuse under another name than custom:…");
            }
        }
        return answer;
    }

    /// The decision without what the modules refuse; nothing is ever added to what it permits. What an OPA
    /// server with the same modules has said already is not said twice.
    Decision tighten(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow
            when denials.isEmpty() ->
                new Decision.Allow(allow.policyVersion(), allow.obligations(), visible(allow), allow.observed());
            case Decision.Allow allow ->
                new Decision.Deny(
                        allow.policyVersion(),
                        denials,
                        allow.observed(),
                        Optional.of(allow.obligations().keeping()));
            case Decision.Deny deny ->
                new Decision.Deny(
                        deny.policyVersion(),
                        Stream.concat(deny.denials().stream(), denials.stream())
                                .distinct()
                                .toList(),
                        deny.observed(),
                        deny.keeping());
            case Decision.Undecided undecided -> undecided;
        };
    }

    private Set<String> visible(Decision.Allow allow) {
        return allow.visible().stream().filter(name -> !hidden.contains(name)).collect(Collectors.toSet());
    }
}
