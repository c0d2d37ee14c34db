package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.ListedNames;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.PromptListPage;
import dev.portcullis.proxy.mcp.ResourceListPage;
import dev.portcullis.proxy.mcp.ServerMessage;
import dev.portcullis.proxy.mcp.ToolListPage;
import dev.portcullis.proxy.mcp.modern.CacheHints;
import dev.portcullis.proxy.mcp.modern.InputRequired;
import dev.portcullis.proxy.mcp.modern.ModernMethods;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Judges the results of a server, each by what it carries: tools, prompts, resources, capabilities,
/// questions to the client, handles that only the caller may hold, and hints for caches.
final class ServerResults {
    /// A list that is kept for longer would show for too long what a new policy hides.
    private static final long MAX_TTL_MILLIS = Duration.ofSeconds(10).toMillis();

    private final ToolVisibility visibility;
    private final Capabilities capabilities;
    private final MessagePolicy policy;
    private final Bindings bindings;
    private final ToolHeaders toolHeaders;

    ServerResults(
            ToolVisibility visibility,
            Capabilities capabilities,
            MessagePolicy policy,
            Bindings bindings,
            ToolHeaders toolHeaders) {
        this.visibility = visibility;
        this.capabilities = capabilities;
        this.policy = policy;
        this.bindings = bindings;
        this.toolHeaders = toolHeaders;
    }

    Eventual<Filtered> filter(
            Stage.Decided decided, ServerMessage.Result message, Optional<Answered> answer, Executor loop) {
        var result = message.result();
        if (result.has("tools") && ToolListPage.in(result).isEmpty()) {
            return Eventual.now(new Filtered.Unreadable("tools are no list"));
        }
        if (PromptListPage.isBroken(result) || ResourceListPage.isBroken(result)) {
            return Eventual.now(new Filtered.Unreadable("prompts or resources are no list"));
        }
        if (decided.era() == Era.MODERN && !InputRequired.hasKnownType(result)) {
            return Eventual.now(new Filtered.Unreadable("a result of a type that is not known"));
        }
        var listed = ListedNames.in(result);
        return refusal(decided, result, answer, loop)
                .then(refusal -> refusal.isPresent()
                        ? Eventual.now(new Filtered.Withheld(refusal.get()))
                        : rewritten(decided, result, loop)
                                .map(changed -> changed
                                        ? new Filtered.Replaced(
                                                message.tree().toString(),
                                                answer,
                                                listed.map(all -> all.without(result)))
                                        : new Filtered.Unchanged(answer)));
    }

    /// Why a result may not pass at all.
    private Eventual<Optional<Refusal>> refusal(
            Stage.Decided decided, ObjectNode result, Optional<Answered> answer, Executor loop) {
        var page = ToolListPage.in(result);
        if (page.isEmpty() && answer.isPresent() && isToolList(decided)) {
            return Eventual.now(Optional.of(garbage(decided)));
        }
        page.ifPresent(tools -> toolHeaders.learn(Bindings.holder(decided.identified()), tools.entries()));
        return page.map(tools -> visibility.show(decided, tools, loop))
                .orElseGet(ServerResults::none)
                .then(refusal -> refusal.isPresent() ? Eventual.now(refusal) : otherLists(decided, result, loop))
                .then(refusal -> refusal.isPresent() ? Eventual.now(refusal) : asking(decided, result, loop));
    }

    private Eventual<Optional<Refusal>> otherLists(Stage.Decided decided, ObjectNode result, Executor loop) {
        return PromptListPage.in(result)
                .map(prompts -> visibility.show(decided, prompts, loop))
                .orElseGet(ServerResults::none)
                .then(refusal -> refusal.isPresent()
                        ? Eventual.now(refusal)
                        : ResourceListPage.in(result)
                                .map(resources -> visibility.show(decided, resources, loop))
                                .orElseGet(ServerResults::none));
    }

    private static Eventual<Optional<Refusal>> none() {
        return Eventual.now(Optional.empty());
    }

    private static Refusal garbage(Stage.Decided decided) {
        return new Refusal.UpstreamFailed(
                Refusal.Failure.GARBAGE,
                decided.decoded().flatMap(decoded -> decoded.message().id()));
    }

    /// Whether all that a task asks the client for, in a notification of its state, may pass.
    Eventual<Boolean> mayAsk(Stage.Decided decided, ObjectNode params, Executor loop) {
        return asking(decided, params, loop).map(Optional::isEmpty);
    }

    /// What a server asks the client for in place of a result.
    private Eventual<Optional<Refusal>> asking(Stage.Decided decided, ObjectNode result, Executor loop) {
        var asked = InputRequired.in(result);
        if (asked.isEmpty() || !asked.get().stream().allMatch(InputRequired.Asked::isKnown)) {
            return Eventual.now(Optional.of(garbage(decided)));
        }
        Eventual<Optional<Refusal>> refusal = Eventual.now(Optional.empty());
        for (var one : asked.get()) {
            refusal = refusal.then(found -> found.isPresent() ? Eventual.now(found) : asking(decided, one, loop));
        }
        return refusal;
    }

    private Eventual<Optional<Refusal>> asking(Stage.Decided decided, InputRequired.Asked one, Executor loop) {
        return policy.refusal(decided, one.method(), one.urls(), loop)
                .map(denial -> denial.map(deny -> askingDenied(decided, deny, one.method())));
    }

    Refusal askingDenied(Stage.Decided decided, Decision.Deny denial) {
        return askingDenied(decided, denial, "elicitation/create");
    }

    private static Refusal askingDenied(Stage.Decided decided, Decision.Deny denial, String asked) {
        return decided.decoded()
                .<Refusal>map(decoded -> new Refusal.AskingDenied(denial, decoded.era(), decoded.message(), asked))
                .orElseGet(() -> new Refusal.ConnectionDenied(denial, decided.decisionMicros(), Optional.empty()));
    }

    /// Changes what has to be changed; lists have been cut already.
    private Eventual<Boolean> rewritten(Stage.Decided decided, ObjectNode result, Executor loop) {
        return capabilities.rewrite(decided, result, loop).map(changed -> rewritten(decided, result) || changed);
    }

    private boolean rewritten(Stage.Decided decided, ObjectNode result) {
        var holder = Bindings.holder(decided.identified());
        var changed = ToolListPage.in(result).isPresent()
                || PromptListPage.in(result).isPresent()
                || ResourceListPage.in(result).isPresent();
        changed |= bindings.sealTasks(holder, result);
        changed |= decided.decoded()
                .filter(decoded -> bindings.sealState(holder, decoded, result))
                .isPresent();
        if (decided.era() == Era.MODERN
                && (CacheHints.in(result) || (isCacheable(decided) && InputRequired.isComplete(result)))) {
            CacheHints.tighten(result, MAX_TTL_MILLIS);
            changed = true;
        }
        return changed;
    }

    private static boolean isToolList(Stage.Decided decided) {
        return decided.decoded()
                .flatMap(decoded -> decoded.message().method())
                .filter(McpMessage.TOOLS_LIST::equals)
                .isPresent();
    }

    private static boolean isCacheable(Stage.Decided decided) {
        return decided.decoded()
                .flatMap(decoded -> decoded.message().method())
                .filter(ModernMethods::isCacheable)
                .isPresent();
    }
}
