package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.catalog.ToolDefinition;
import dev.portcullis.proxy.mcp.PromptListPage;
import dev.portcullis.proxy.mcp.ResourceListPage;
import dev.portcullis.proxy.mcp.ToolListPage;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Shows a caller only the tools, prompts and resources that a call of theirs could reach, by asking the same
/// policy in the same way.
///
/// A list is judged by the policy in force when it passes, which on a long stream may be newer than the
/// one the stream was opened under.
final class ToolVisibility {
    private final PolicyNow policyNow;
    private final ToolCatalog catalog;

    ToolVisibility(PolicyNow policyNow, ToolCatalog catalog) {
        this.policyNow = policyNow;
        this.catalog = catalog;
    }

    /// Learns the tools of `page`, and takes out of it what the caller of `decided` may not see.
    ///
    /// @return the refusal, when nothing of the page may pass
    Eventual<Optional<Refusal>> show(Stage.Decided decided, ToolListPage page, Executor loop) {
        var tools = page.entries().stream().map(ToolDefinition::of).toList();
        catalog.listed(Bindings.holder(decided.identified()), tools);
        var asked =
                new Question.ToolList(tools.stream().map(ToolDefinition::listed).toList());
        return show(decided, asked, page::keep, loop);
    }

    /// The same for prompts, where some rule could be about them.
    Eventual<Optional<Refusal>> show(Stage.Decided decided, PromptListPage page, Executor loop) {
        return policyNow.snapshot().judgesMessages()
                ? show(decided, new Question.PromptList(page.names()), page::keep, loop)
                : Eventual.now(Optional.empty());
    }

    /// The same for resources, where some rule could be about them.
    Eventual<Optional<Refusal>> show(Stage.Decided decided, ResourceListPage page, Executor loop) {
        return policyNow.snapshot().judgesMessages()
                ? show(decided, new Question.ResourceList(page.uris()), page::keep, loop)
                : Eventual.now(Optional.empty());
    }

    private Eventual<Optional<Refusal>> show(
            Stage.Decided decided, Question asked, Consumer<Set<String>> keep, Executor loop) {
        return policyNow.ask(decided.input(), asked, loop).map(answer -> shown(decided, keep, answer));
    }

    private static Optional<Refusal> shown(
            Stage.Decided decided, Consumer<Set<String>> keep, PolicyGate.Answer answer) {
        return switch (answer) {
            case PolicyGate.Answer.Admitted admitted -> {
                keep.accept(admitted.permit().decision().visible());
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
