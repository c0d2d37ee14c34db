package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The policy as it is now, asked about what comes long after a request was admitted: a stream may
/// outlive the version it was opened under, and the hours that a rule is about.
///
/// While a slow answer was on its way, a new version may have been published or a kill engaged; the
/// policy is asked until the one that answered is the one in force, so that nothing gets past by being
/// slow.
public record PolicyNow(Supplier<PolicySnapshot> policyInForce, Clock clock) {

    /// The policy in force. Cheap, from any thread.
    public PolicySnapshot snapshot() {
        return policyInForce.get();
    }

    /// @param party who asks, from where, on which route
    /// @param loop where everything goes on when the answer has to be waited for
    @SuppressWarnings("ReferenceEquality") // a snapshot is replaced, never changed
    Eventual<PolicyGate.Answer> ask(PolicyInput party, Question question, Executor loop) {
        var asked = snapshot();
        var input = party.withQuestion(question, clock.instant());
        return switch (PolicyGate.ask(asked.decisionPoint(), input, loop)) {
            case Eventual.Now<PolicyGate.Answer> now -> now;
            case Eventual.Later<PolicyGate.Answer> later ->
                later.then(answer -> asked == snapshot() ? Eventual.now(answer) : ask(party, question, loop));
        };
    }
}
