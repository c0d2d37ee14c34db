package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;

import java.util.List;
import java.util.Optional;

/// What can be said about the records of calls without asking the policy.
public final class RecordRules {
    private RecordRules() {}

    /// Whether a rule could hide something of a call's arguments or of its result: for the record of a call that
    /// the policy has not decided about. Never a wrong no.
    public static boolean mayHide(PolicyDocument document, String route, String tool) {
        return document.rules().stream()
                .filter(rule -> rule.mode() == Rule.Mode.ENFORCE)
                .filter(rule -> rule.restriction() instanceof Restriction.Redact)
                .filter(rule -> mayName(rule.match().routes(), route))
                .filter(rule -> mayName(rule.match().tools(), tool))
                .anyMatch(rule -> Questions.putTo(rule).contains(Questions.Kind.CALL));
    }

    private static boolean mayName(Optional<List<Glob>> patterns, String name) {
        return patterns.map(globs -> globs.stream().anyMatch(glob -> glob.matches(name)))
                .orElse(true);
    }
}
