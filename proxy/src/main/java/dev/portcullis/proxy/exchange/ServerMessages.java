package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.Requests;
import dev.portcullis.proxy.mcp.ServerMessage;
import dev.portcullis.proxy.mcp.ToolListPage;
import dev.portcullis.proxy.mcp.legacy.LegacyMethods;
import dev.portcullis.proxy.mcp.modern.ModernMethods;
import dev.portcullis.proxy.mcp.modern.Subscription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Judges every message of a server on its way to a client: requests, notifications and answers, each
/// on whatever stream it comes.
///
/// Safe for all event loops; nothing here waits.
public final class ServerMessages {
    private static final int MAX_DEPTH = 400;
    private static final int DENIED = 403;

    private final StrictJson json = new StrictJson(MAX_DEPTH);
    private final MessagePolicy policy;
    private final Bindings bindings;
    private final ServerResults results;

    /// @param policyNow asked anew for each message
    public ServerMessages(PolicyNow policyNow, Bindings bindings, ToolHeaders toolHeaders, ToolCatalog catalog) {
        this.policy = new MessagePolicy(policyNow);
        this.bindings = bindings;
        this.results = new ServerResults(
                new ToolVisibility(policyNow, catalog), new Capabilities(policyNow), policy, bindings, toolHeaders);
    }

    /// Reads one JSON-RPC message from upstream, and makes of it what the caller of `decided` may see.
    ///
    /// @param loop where everything goes on when the policy's answer has to be waited for
    public Eventual<Filtered> filter(Stage.Decided decided, String text, Executor loop) {
        JsonNode tree;
        try {
            tree = json.read(text);
        } catch (StrictJson.NotStrictJson e) {
            return Eventual.now(new Filtered.Unreadable(e.reason()));
        }
        if (!(tree instanceof ObjectNode object)) {
            return Eventual.now(new Filtered.Unreadable("it is not one JSON-RPC message"));
        }
        if (ToolListPage.isAmbiguous(object) || ServerMessage.asksAmbiguously(object)) {
            return Eventual.now(new Filtered.Unreadable("a key differs from a protocol key only in case"));
        }
        return ServerMessage.of(object)
                .map(message -> filter(decided, message, loop))
                .orElseGet(() -> Eventual.now(new Filtered.Unreadable("it has not the shape of a JSON-RPC message")));
    }

    private Eventual<Filtered> filter(Stage.Decided decided, ServerMessage message, Executor loop) {
        var answer = Answered.in(
                message.tree(),
                decided.decoded().flatMap(decoded -> decoded.message().id()));
        return switch (message) {
            case ServerMessage.Request request -> request(decided, request, loop);
            case ServerMessage.Notification notification -> notification(decided, notification, loop);
            case ServerMessage.Result result -> results.filter(decided, result, answer, loop);
            case ServerMessage.Failure failure -> failure(decided, failure, answer, loop);
        };
    }

    /// A request of the server: legacy only, of a known method, and as the policy says.
    private Eventual<Filtered> request(Stage.Decided decided, ServerMessage.Request request, Executor loop) {
        if (decided.era() == Era.MODERN) {
            return Eventual.now(new Filtered.Unreadable("a server sends no requests in this protocol version"));
        }
        var id = RequestId.in(request.tree().path("id"));
        if (id.isEmpty()) {
            return Eventual.now(new Filtered.Unreadable("the id of a request is neither a string nor an integer"));
        }
        if (!LegacyMethods.isServerRequest(request.method())) {
            return Eventual.now(
                    blocked(id.get(), JsonRpcCodec.METHOD_NOT_FOUND, "This gateway does not know the method"));
        }
        return policy.refusal(
                        decided,
                        request.method(),
                        ServerMessage.elicitedUrls(request.tree().path("params")),
                        loop)
                .map(denial -> denial.<Filtered>map(
                                deny -> blocked(id.get(), DENIED, "Blocked by policy: " + reasonOf(deny)))
                        .orElseGet(() -> passed(decided, request)));
    }

    private Filtered passed(Stage.Decided decided, ServerMessage.Request request) {
        var holder = holder(decided);
        bindings.sealServerRequest(holder, session(decided), request.tree(), "id");
        if (request.tree().get("params") instanceof ObjectNode params) {
            bindings.sealRelatedTask(holder, params);
        }
        return new Filtered.Replaced(request.tree().toString());
    }

    private Eventual<Filtered> notification(
            Stage.Decided decided, ServerMessage.Notification notification, Executor loop) {
        var method = notification.method();
        var isKnown = decided.era() == Era.LEGACY
                ? LegacyMethods.isServerNotification(method)
                : ModernMethods.isServerNotification(method);
        if (!isKnown) {
            return Eventual.now(new Filtered.Dropped("a notification of a method that is not known"));
        }
        var uri = notification.tree().path("params").path("uri");
        if (!uri.isMissingNode() && (!uri.isString() || Requests.isDoubtful(uri.asString()))) {
            return Eventual.now(new Filtered.Dropped("a notification about a URI that could be read as another one"));
        }
        return policy.refusal(decided, method, uri.isString() ? List.of(uri.asString()) : List.of(), loop)
                .then(denial -> denial.isPresent()
                        ? Eventual.now(new Filtered.Dropped("a notification that the policy does not let pass"))
                        : mayAsk(decided, notification, loop).map(mayAsk -> passed(decided, notification, mayAsk)));
    }

    private Eventual<Boolean> mayAsk(Stage.Decided decided, ServerMessage.Notification notification, Executor loop) {
        return notification.tree().get("params") instanceof ObjectNode params
                ? results.mayAsk(decided, params, loop)
                : Eventual.now(true);
    }

    private Filtered passed(Stage.Decided decided, ServerMessage.Notification notification, boolean mayAsk) {
        if (!mayAsk) {
            return new Filtered.Dropped("a notification that asks the client for what may not pass");
        }
        return rewritten(decided, notification)
                ? new Filtered.Replaced(notification.tree().toString())
                : new Filtered.Unchanged(Optional.empty());
    }

    /// Seals what a notification names, and adds to an acknowledgement what the gateway itself promises.
    private boolean rewritten(Stage.Decided decided, ServerMessage.Notification notification) {
        if (!(notification.tree().get("params") instanceof ObjectNode params)) {
            return false;
        }
        var changed = bindings.sealTasks(holder(decided), params);
        if (decided.era() == Era.LEGACY && notification.method().equals("notifications/cancelled")) {
            bindings.sealServerRequest(holder(decided), session(decided), params, "requestId");
            changed = true;
        }
        return (Subscription.begins(notification.method())
                        && subscription(decided)
                                .filter(asked -> asked.promise(notification.tree()))
                                .isPresent())
                || changed;
    }

    /// An error; in the legacy era one of them sends people to pages.
    private Eventual<Filtered> failure(
            Stage.Decided decided, ServerMessage.Failure failure, Optional<Answered> answer, Executor loop) {
        var urls = ServerMessage.elicitedUrlsOf(failure);
        if (urls.isEmpty()) {
            return Eventual.now(new Filtered.Unchanged(answer));
        }
        return policy.refusal(decided, "elicitation/create", urls, loop)
                .map(denial -> denial.<Filtered>map(deny -> new Filtered.Withheld(results.askingDenied(decided, deny)))
                        .orElseGet(() -> new Filtered.Unchanged(answer)));
    }

    /// What `decided` subscribes to, when it does.
    public static Optional<Subscription> subscription(Stage.Decided decided) {
        return decided.decoded()
                .map(Stage.Decoded::opened)
                .filter(JsonRpcMessage.Request.class::isInstance)
                .map(JsonRpcMessage.Request.class::cast)
                .filter(request -> request.method().equals(ModernMethods.LISTEN))
                .map(Subscription::of);
    }

    private static Holder holder(Stage.Decided decided) {
        return Bindings.holder(decided.identified());
    }

    private static String session(Stage.Decided decided) {
        return decided.upstreamSession().orElse("");
    }

    private static Filtered blocked(RequestId id, int code, String reason) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code).put("message", reason);
        return new Filtered.Blocked(reason, "{\"jsonrpc\":\"2.0\",\"id\":" + id.json() + ",\"error\":" + error + "}");
    }

    private static String reasonOf(Decision.Deny denial) {
        return "refused by " + String.join(", ", denial.rules());
    }
}
