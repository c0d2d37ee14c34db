package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The policy's answer to one question.
public sealed interface Decision {

    /// The version of the document that decided.
    long policyVersion();

    /// What rules in `observe` mode would have refused.
    List<Denial> observed();

    /// Allowed, under obligations.
    ///
    /// @param visible for a list (of tools, prompts, resources) what of it may be seen, for
    ///     [Question.Methods] the methods that could pass; empty for every other question
    record Allow(long policyVersion, Obligations obligations, Set<String> visible, List<Denial> observed)
            implements Decision {
        public Allow {
            visible = Set.copyOf(visible);
            observed = List.copyOf(observed);
        }
    }

    /// Refused by at least one rule, wish or kill.
    ///
    /// @param keeping what its record keeps; absent when nobody was asked that, so that nothing may be
    ///     kept that some rule could hide
    record Deny(long policyVersion, List<Denial> denials, List<Denial> observed, Optional<Keeping> keeping)
            implements Decision {
        public Deny {
            denials = List.copyOf(denials);
            observed = List.copyOf(observed);
            if (denials.isEmpty()) {
                throw new IllegalArgumentException("a denial names what denied");
            }
        }

        /// Refused without a word about its record.
        public Deny(long policyVersion, List<Denial> denials, List<Denial> observed) {
            this(policyVersion, denials, observed, Optional.empty());
        }

        /// Whether a kill is part of it that ends connections, rather than one that hides tools.
        public boolean endsConnection() {
            return denials.stream().anyMatch(denial -> denial.restriction().equals("kill"));
        }

        /// The ids of everything that refused, for records and answers.
        public List<String> rules() {
            return denials.stream().map(Denial::rule).distinct().toList();
        }

        /// Whether a URL that could be read in more than one way is a reason.
        public boolean domainsInDoubt() {
            return denials.stream().anyMatch(Denial::inDoubt);
        }
    }

    /// Could not be evaluated (undefined, error, timeout). Refuses, with its own outcome.
    record Undecided(long policyVersion, String reason) implements Decision {
        @Override
        public List<Denial> observed() {
            return List.of();
        }
    }

    /// One reason to refuse.
    ///
    /// @param rule a rule's id, `client:x-read-only-mode`, `client:x-allowed-actions-to-run`, or
    ///     `kill:<id>`
    /// @param restriction the kind of refusal: a restriction's key in the document, or `kill`
    /// @param message the owner's words, when the rule has them
    /// @param inDoubt whether it is a restriction of domains, and something in the request could be read as
    ///     a URL in more than one way
    record Denial(String rule, String restriction, Optional<String> message, boolean inDoubt) {
        /// A reason beyond doubt.
        public Denial(String rule, String restriction, Optional<String> message) {
            this(rule, restriction, message, false);
        }
    }

    /// What must be done when the request is allowed.
    ///
    /// @param upstreamReadOnly the effective `x-read-only-mode` for the upstream, where the profile
    ///     defines the control headers
    /// @param upstreamAllowedActions the effective, sorted `x-allowed-actions-to-run`; absent when
    ///     nothing restricts it
    /// @param limits what a tool call counts against before it may go on
    /// @param keeping what its record keeps of it
    record Obligations(
            Optional<Boolean> upstreamReadOnly,
            Optional<List<String>> upstreamAllowedActions,
            List<LimitClaim> limits,
            Keeping keeping) {
        public Obligations {
            upstreamAllowedActions = upstreamAllowedActions.map(List::copyOf);
            limits = List.copyOf(limits);
        }

        /// Obligations of what counts against nothing.
        public Obligations(Optional<Boolean> upstreamReadOnly, Optional<List<String>> upstreamAllowedActions) {
            this(upstreamReadOnly, upstreamAllowedActions, List.of(), Keeping.USUAL);
        }
    }

    /// A `limit` that an allowed tool call counts against.
    ///
    /// @param rule the rule's id; how many calls, and whose, stands in the document
    /// @param mode `enforce`, or `observe` for a limit that only says when it is exceeded
    /// @param message the owner's words, when the rule has them
    record LimitClaim(String rule, String mode, Optional<String> message) {}
}
