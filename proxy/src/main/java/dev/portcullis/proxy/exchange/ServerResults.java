package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.ServerMessage;
import dev.portcullis.proxy.mcp.ToolListPage;
import dev.portcullis.proxy.mcp.modern.CacheHints;
import dev.portcullis.proxy.mcp.modern.InputRequired;
import dev.portcullis.proxy.mcp.modern.ModernMethods;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Optional;

/// Judges the results of a server, each by what it carries: tools, capabilities, questions to the
/// client, handles that only the caller may hold, and hints for caches.
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

    Filtered filter(Stage.Decided decided, ServerMessage.Result message, Optional<Answered> answer) {
        var result = message.result();
        if (result.has("tools") && ToolListPage.in(result).isEmpty()) {
            return new Filtered.Unreadable("tools are no list");
        }
        if (decided.era() == Era.MODERN && !InputRequired.hasKnownType(result)) {
            return new Filtered.Unreadable("a result of a type that is not known");
        }
        return refusal(decided, result, answer)
                .<Filtered>map(Filtered.Withheld::new)
                .orElseGet(() -> rewritten(decided, result)
                        ? new Filtered.Replaced(message.tree().toString(), answer)
                        : new Filtered.Unchanged(answer));
    }

    /// Why a result may not pass at all.
    private Optional<Refusal> refusal(Stage.Decided decided, ObjectNode result, Optional<Answered> answer) {
        var page = ToolListPage.in(result);
        if (page.isEmpty() && answer.isPresent() && isToolList(decided)) {
            return Optional.of(new Refusal.UpstreamFailed(
                    Refusal.Failure.GARBAGE,
                    decided.decoded().flatMap(decoded -> decoded.message().id())));
        }
        page.ifPresent(tools -> toolHeaders.learn(Bindings.holder(decided.identified()), tools.definitions()));
        return page.flatMap(tools -> visibility.show(decided, tools)).or(() -> asking(decided, result));
    }

    /// Whether all that a task asks the client for, in a notification of its state, may pass.
    boolean mayAsk(Stage.Decided decided, ObjectNode params) {
        return asking(decided, params).isEmpty();
    }

    /// What a server asks the client for in place of a result.
    private Optional<Refusal> asking(Stage.Decided decided, ObjectNode result) {
        var asked = InputRequired.in(result);
        if (asked.isEmpty() || !asked.get().stream().allMatch(InputRequired.Asked::isKnown)) {
            return Optional.of(new Refusal.UpstreamFailed(
                    Refusal.Failure.GARBAGE,
                    decided.decoded().flatMap(decoded -> decoded.message().id())));
        }
        for (var one : asked.get()) {
            var denial = policy.refusal(decided, one.method(), one.urls());
            if (denial.isPresent()) {
                return Optional.of(askingDenied(decided, denial.get(), one.method()));
            }
        }
        return Optional.empty();
    }

    Refusal askingDenied(Stage.Decided decided, Decision.Deny denial) {
        return askingDenied(decided, denial, "elicitation/create");
    }

    private static Refusal askingDenied(Stage.Decided decided, Decision.Deny denial, String asked) {
        return decided.decoded()
                .<Refusal>map(decoded -> new Refusal.AskingDenied(denial, decoded.era(), decoded.message(), asked))
                .orElseGet(() -> new Refusal.ConnectionDenied(denial, decided.decisionMicros(), Optional.empty()));
    }

    /// Changes what has to be changed; lists of tools have been cut already.
    private boolean rewritten(Stage.Decided decided, ObjectNode result) {
        var holder = Bindings.holder(decided.identified());
        var changed = ToolListPage.in(result).isPresent();
        changed |= capabilities.rewrite(decided, result);
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
