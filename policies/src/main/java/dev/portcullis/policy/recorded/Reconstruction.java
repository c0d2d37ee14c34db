package dev.portcullis.policy.recorded;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;

import java.util.function.Function;

/// What a record tells of a question to the policy.
public sealed interface Reconstruction {

    /// The question as it was.
    record Exact(PolicyInput input) implements Reconstruction {}

    /// The question but for what the record hides.
    ///
    /// @param lenient no rule refuses more of it than of the real one
    /// @param strict no rule refuses less of it
    record TwoReadings(PolicyInput lenient, PolicyInput strict) implements Reconstruction {}

    /// The policy's answer was about something that is not recorded: what came later in the exchange.
    record Later() implements Reconstruction {}

    /// @param reason why the question cannot be put again, for people
    record Impossible(String reason) implements Reconstruction {}

    /// What a policy says to the question.
    ///
    /// @param policy answers like a [dev.portcullis.policy.PolicyDecisionPoint] whose rules only refuse:
    ///     then what the lenient reading is refused is refused anyhow, and what the strict one is allowed
    ///     is allowed
    default Answer ask(Function<PolicyInput, Decision> policy) {
        return switch (this) {
            case Exact(var input) -> Answer.of(policy.apply(input));
            case TwoReadings(var lenient, var strict) -> {
                var first = policy.apply(lenient);
                yield first instanceof Decision.Allow ? Answer.both(first, policy.apply(strict)) : Answer.of(first);
            }
            case Later later -> new Answer.Unknown("it was decided about what came later in the exchange");
            case Impossible(var reason) -> new Answer.Unknown(reason);
        };
    }

    /// A policy's answer, if what the record holds is enough for one.
    sealed interface Answer {
        /// An [Decision.Allow] or [Decision.Deny].
        record Decided(Decision decision) implements Answer {}

        record Unknown(String reason) implements Answer {}

        static Answer of(Decision decision) {
            return decision instanceof Decision.Undecided(var _, var reason)
                    ? new Unknown(reason)
                    : new Decided(decision);
        }

        static Answer both(Decision lenient, Decision strict) {
            return switch (strict) {
                case Decision.Allow allow -> new Decided(lenient);
                case Decision.Deny deny ->
                    new Unknown("it depends on arguments that the record hides: " + String.join(", ", deny.rules()));
                case Decision.Undecided(var _, var reason) -> new Unknown(reason);
            };
        }
    }
}
