package dev.portcullis.policy;

import java.util.List;

/// Why the policy decides as it does: the decision, and every rule's part in it, in the document's
/// order.
///
/// Wishes and kills that refuse stand among the decision's denials.
public record Explanation(Decision decision, List<RulePart> rules) {
    public Explanation {
        rules = List.copyOf(rules);
    }

    /// What one rule had to do with one request.
    ///
    /// @param mode `enforce` or `observe`
    /// @param asked whether this kind of question is put to the rule at all; a rule about tools is not
    ///     asked about connections
    /// @param unmatched the keys of `match` that do not match; empty when it matches
    /// @param excepted whether `except` takes the request out again
    /// @param refuses whether the rule refuses, or in mode `observe` would have
    /// @param because what of the request it does not accept: a class, an action, a tool, an address, a
    ///     domain; empty when it accepts all, or refuses whatever it is about
    public record RulePart(
            String rule,
            String restriction,
            String mode,
            boolean asked,
            List<String> unmatched,
            boolean excepted,
            boolean refuses,
            List<String> because) {
        public RulePart {
            unmatched = List.copyOf(unmatched);
            because = List.copyOf(because);
        }

        /// Whether the rule is about the request.
        public boolean matched() {
            return unmatched.isEmpty() && !excepted;
        }

        /// One line for people.
        public String describe() {
            if (!unmatched.isEmpty()) {
                return rule + ": does not match (" + String.join(", ", unmatched) + ")";
            }
            if (excepted) {
                return rule + ": does not apply (except)";
            }
            return rule + (refuses ? ": refuses (" : ": does not refuse (") + restriction + ", " + mode + ")"
                    + (because.isEmpty() ? "" : " because of " + String.join(", ", because));
        }
    }
}
