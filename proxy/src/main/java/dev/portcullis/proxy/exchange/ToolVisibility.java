package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.mcp.ToolListPage;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Shows a caller only the tools that a call of theirs could reach, by asking the same policy in the
/// same way.
///
/// A list is judged by the policy in force when it passes, which on a long stream may be newer than the
/// one the stream was opened under.
final class ToolVisibility {
    private final Supplier<PolicySnapshot> policyInForce;

    ToolVisibility(Supplier<PolicySnapshot> policyInForce) {
        this.policyInForce = policyInForce;
    }

    /// Takes out of `page` what the caller of `decided` may not see.
    ///
    /// @return the refusal, when nothing of the page may pass
    Eventual<Optional<Refusal>> show(Stage.Decided decided, ToolListPage page, Executor loop) {
        var question = decided.input()
                .withQuestion(new Question.ToolList(
                        page.names().stream().map(ListedTool::unseen).toList()));
        return PolicyNow.ask(policyInForce, question, loop).map(answer -> shown(decided, page, answer));
    }

    private static Optional<Refusal> shown(Stage.Decided decided, ToolListPage page, PolicyGate.Answer answer) {
        return switch (answer) {
            case PolicyGate.Answer.Admitted admitted -> {
                page.keep(admitted.permit().decision().visible());
                yield Optional.empty();
            }
            case PolicyGate.Answer.Denied denied ->
                Optional.of(decided.decoded()
                        .<Refusal>map(decoded -> new Refusal.MessageDenied(
                                denied.decision(), decoded.era(), decoded.message(), decided.decisionMicros()))
                        .orElseGet(() -> new Refusal.ConnectionDenied(
                                denied.decision(), decided.decisionMicros(), Optional.empty())));
            case PolicyGate.Answer.Undecided undecided ->
                Optional.of(new Refusal.Undecided(
                        undecided.decision().reason(),
                        decided.decoded().map(decoded -> new Refusal.Asked(decoded.era(), decoded.message()))));
        };
    }
}
