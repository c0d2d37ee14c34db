package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.ToolListPage;
import dev.portcullis.proxy.sync.PolicySnapshot;
import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.function.Supplier;

/// Shows a caller only the tools that a call of theirs could reach, by asking the same policy in the
/// same way.
///
/// A list is judged by the policy in force when it passes, which on a long stream may be newer than the
/// one the stream was opened under.
public final class ToolVisibility {
    private static final int MAX_DEPTH = 400;

    private final Supplier<PolicySnapshot> policyInForce;
    private final StrictJson json = new StrictJson(MAX_DEPTH);

    public ToolVisibility(Supplier<PolicySnapshot> policyInForce) {
        this.policyInForce = policyInForce;
    }

    /// What became of a message from upstream.
    public sealed interface Filtered {
        /// It carries no tools; the text may pass as it is.
        ///
        /// @param answer how the call ended, when this is the answer to the request of this exchange
        record Unchanged(Optional<Answered> answer) implements Filtered {}

        /// It carries tools, and this text is what may be seen of it.
        record Replaced(String text, Optional<Answered> answer) implements Filtered {}

        /// It cannot be read beyond doubt, so nothing of it may pass.
        record Unreadable(String reason) implements Filtered {}

        /// The policy answered no, or not at all.
        record Withheld(Refusal refusal) implements Filtered {}
    }

    /// Reads one JSON-RPC message from upstream and takes out of it what the caller of `decided` may
    /// not see.
    public Filtered filter(Stage.Decided decided, String message) {
        JsonNode tree;
        try {
            tree = json.read(message);
        } catch (StrictJson.NotStrictJson e) {
            return new Filtered.Unreadable(e.reason());
        }
        if (!tree.isObject()) {
            return new Filtered.Unreadable("it is not one JSON-RPC message");
        }
        if (ToolListPage.isAmbiguous(tree)) {
            return new Filtered.Unreadable("a key differs from a protocol key only in case");
        }
        var answer = Answered.in(
                tree, decided.decoded().flatMap(decoded -> decoded.message().id()));
        return ToolListPage.in(tree)
                .<Filtered>map(page -> show(decided, page, answer))
                .orElseGet(() -> new Filtered.Unchanged(answer));
    }

    private Filtered show(Stage.Decided decided, ToolListPage page, Optional<Answered> answer) {
        var question = decided.input().withQuestion(new Question.ToolList(page.names()));
        return switch (PolicyGate.ask(policyInForce.get().decisionPoint(), question)) {
            case PolicyGate.Answer.Admitted admitted ->
                new Filtered.Replaced(page.showing(admitted.permit().decision().visibleTools(), era(decided)), answer);
            case PolicyGate.Answer.Denied denied ->
                new Filtered.Withheld(decided.decoded()
                        .<Refusal>map(decoded -> new Refusal.MessageDenied(
                                denied.decision(), decoded.era(), decoded.message(), decided.decisionMicros()))
                        .orElseGet(() -> new Refusal.ConnectionDenied(denied.decision(), decided.decisionMicros())));
            case PolicyGate.Answer.Undecided undecided ->
                new Filtered.Withheld(new Refusal.Undecided(
                        undecided.decision().reason(),
                        decided.decoded().map(decoded -> new Refusal.Asked(decoded.era(), decoded.message()))));
        };
    }

    private static Era era(Stage.Decided decided) {
        return decided.decoded().map(Stage.Decoded::era).orElse(Era.LEGACY);
    }
}
