package dev.portcullis.policy;

import java.util.concurrent.Executor;

/// The one place where a decision becomes a permit, or does not.
public final class PolicyGate {
    private PolicyGate() {}

    /// The gate's answer: a permit, or why there is none.
    public sealed interface Answer {
        record Admitted(Permit permit) implements Answer {}

        record Denied(Decision.Deny decision) implements Answer {}

        record Undecided(Decision.Undecided decision) implements Answer {}
    }

    /// Asks the policy. Whatever is not plainly an allow carries no permit.
    ///
    /// @param loop where everything goes on when the answer has to be waited for
    public static Eventual<Answer> ask(PolicyDecisionPoint policy, PolicyInput input, Executor loop) {
        return policy.decide(input).on(loop).map(decision -> answer(input, decision));
    }

    private static Answer answer(PolicyInput input, Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> new Answer.Admitted(new Permit(input.exchange(), input.route(), allow));
            case Decision.Deny deny -> new Answer.Denied(deny);
            case Decision.Undecided undecided -> new Answer.Undecided(undecided);
        };
    }
}
