package dev.portcullis.policy;

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
    public static Answer ask(PolicyDecisionPoint policy, PolicyInput input) {
        return switch (policy.decide(input)) {
            case Decision.Allow allow -> new Answer.Admitted(new Permit(input.exchange(), input.route(), allow));
            case Decision.Deny deny -> new Answer.Denied(deny);
            case Decision.Undecided undecided -> new Answer.Undecided(undecided);
        };
    }
}
