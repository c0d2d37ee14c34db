package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Asks the policy that is in force when the answer is there: while a slow answer was on its way, a new
/// version may have been published or a kill engaged, and nothing gets past them by being slow.
final class PolicyNow {
    private PolicyNow() {}

    /// @param loop where everything goes on when the answer has to be waited for
    @SuppressWarnings("ReferenceEquality") // a snapshot is replaced, never changed
    static Eventual<PolicyGate.Answer> ask(Supplier<PolicySnapshot> policyInForce, PolicyInput input, Executor loop) {
        var asked = policyInForce.get();
        return switch (PolicyGate.ask(asked.decisionPoint(), input, loop)) {
            case Eventual.Now<PolicyGate.Answer> now -> now;
            case Eventual.Later<PolicyGate.Answer> later ->
                later.then(answer ->
                        asked == policyInForce.get() ? Eventual.now(answer) : ask(policyInForce, input, loop));
        };
    }
}
