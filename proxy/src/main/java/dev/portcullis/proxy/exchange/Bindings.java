package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.audit.RecordedArguments;
import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.binding.Seals.Kind;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.MetaKeys;
import dev.portcullis.proxy.mcp.Requests;
import dev.portcullis.proxy.mcp.modern.InputRequired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.Set;

/// Binds what a server hands out to the caller who receives it: sessions, tasks, its own requests, and
/// the state of a call that waits for input.
///
/// On the way to the client each of them gets a seal, on the way back the seal is taken off; the server
/// never sees one. Safe for all threads.
public final class Bindings {
    static final String SESSION_HEADER = "mcp-session-id";
    private static final String TASK_ID = "taskId";
    private static final String TASK_IDS = "taskIds";
    private static final Set<String> TASK_METHODS = Set.of("tasks/get", "tasks/result", "tasks/update", "tasks/cancel");

    private final Seals seals;

    public Bindings(Seals seals) {
        this.seals = seals;
    }

    /// What became of a client's message.
    public sealed interface Opened {
        /// All it refers to is the caller's.
        ///
        /// @param changed whether the message differs from what was received
        record Yours(JsonRpcMessage message, boolean changed) implements Opened {}

        /// It refers to something that was not given to this caller.
        record NotYours(Kind kind) implements Opened {}
    }

    /// Whose things these are.
    public static Holder holder(Stage.Identified identified) {
        return holder(identified.routed(), identified.caller().facts());
    }

    static Holder holder(Stage.Routed routed, dev.portcullis.policy.PolicyInput.CallerFacts caller) {
        return new Holder(
                routed.route().name(), caller.kind() + ":" + caller.subject().orElse(""));
    }

    SessionClaim claim(Holder holder, HeaderFields headers) {
        var claimed = headers.all(SESSION_HEADER);
        if (claimed.isEmpty()) {
            return new SessionClaim.None();
        }
        return claimed.size() == 1
                ? NamedSession.open(seals, holder, claimed.getFirst())
                        .<SessionClaim>map(named -> new SessionClaim.Held(named.id(), named.software()))
                        .orElseGet(SessionClaim.Foreign::new)
                : new SessionClaim.Foreign();
    }

    /// A session id as the client is told. It carries the name of the software that began the session, so that
    /// every replica knows it.
    public String session(Holder holder, String upstreamId, Optional<ClientSoftware> software) {
        return new NamedSession(upstreamId, software).sealed(seals, holder);
    }

    /// Takes the seals off a client's message.
    ///
    /// @param session by which the server knows it; empty without a session
    Opened open(Holder holder, String session, McpMessage meaning, JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Response response -> openAnswer(holder, session, response);
            case JsonRpcMessage.Request request -> openRequest(holder, meaning, request);
            case JsonRpcMessage.Notification notification -> new Opened.Yours(notification, false);
        };
    }

    private Opened openAnswer(Holder holder, String session, JsonRpcMessage.Response response) {
        return response.id()
                .string()
                .flatMap(token -> seals.open(Kind.SERVER_REQUEST, holder, session, token))
                .flatMap(RequestId::tagged)
                .<Opened>map(id -> new Opened.Yours(
                        new JsonRpcMessage.Response(
                                id, response.result().map(result -> withOwnTask(holder, result)), response.error()),
                        true))
                .orElseGet(() -> new Opened.NotYours(Kind.SERVER_REQUEST));
    }

    private Opened openRequest(Holder holder, McpMessage meaning, JsonRpcMessage.Request request) {
        var params = request.params();
        var isTask = TASK_METHODS.contains(request.method());
        var hasState = params.has(InputRequired.STATE);
        var listensToTasks = params.path("notifications").has(TASK_IDS);
        if (!isTask && !hasState && !listensToTasks) {
            return new Opened.Yours(request, false);
        }
        var opened = params.deepCopy();
        if (isTask && !openText(Kind.TASK, holder, "", opened, TASK_ID)) {
            return new Opened.NotYours(Kind.TASK);
        }
        if (hasState && !openText(Kind.REQUEST_STATE, holder, call(meaning, request), opened, InputRequired.STATE)) {
            return new Opened.NotYours(Kind.REQUEST_STATE);
        }
        if (listensToTasks && !openTasks(holder, opened)) {
            return new Opened.NotYours(Kind.TASK);
        }
        return new Opened.Yours(new JsonRpcMessage.Request(request.id(), request.method(), opened), true);
    }

    private boolean openText(Kind kind, Holder holder, String context, ObjectNode object, String key) {
        var open = text(object.path(key)).flatMap(token -> seals.open(kind, holder, context, token));
        open.ifPresent(value -> object.put(key, value));
        return open.isPresent();
    }

    private boolean openTasks(Holder holder, ObjectNode params) {
        var filter = (ObjectNode) params.get("notifications");
        var given = filter.get(TASK_IDS).valueStream().toList();
        var opened = filter.putArray(TASK_IDS);
        given.forEach(task ->
                text(task).flatMap(id -> seals.open(Kind.TASK, holder, "", id)).ifPresent(opened::add));
        return opened.size() == given.size();
    }

    /// A task of the server that an answer belongs to. What is not sealed is a task of the client's own.
    private JsonNode withOwnTask(Holder holder, JsonNode result) {
        var task = result.path(MetaKeys.META).path(MetaKeys.RELATED_TASK);
        if (!task.isObject()) {
            return result;
        }
        var copy = result.deepCopy();
        openText(Kind.TASK, holder, "", (ObjectNode) copy.path(MetaKeys.META).path(MetaKeys.RELATED_TASK), TASK_ID);
        return copy;
    }

    /// Seals the id of a request of the server.
    void sealServerRequest(Holder holder, String session, ObjectNode message, String key) {
        RequestId.in(message.path(key))
                .ifPresent(id -> message.put(key, seals.seal(Kind.SERVER_REQUEST, holder, session, id.tag())));
    }

    /// Seals the tasks that a message of the server names: in its params or its result, and in `_meta`.
    ///
    /// @return whether there were any
    boolean sealTasks(Holder holder, ObjectNode payload) {
        var sealed = sealText(Kind.TASK, holder, "", payload, TASK_ID);
        sealed |= payload.get("task") instanceof ObjectNode task && sealText(Kind.TASK, holder, "", task, TASK_ID);
        return sealRelatedTask(holder, payload) || sealed;
    }

    boolean sealRelatedTask(Holder holder, ObjectNode payload) {
        return payload.path(MetaKeys.META).path(MetaKeys.RELATED_TASK) instanceof ObjectNode related
                && sealText(Kind.TASK, holder, "", related, TASK_ID);
    }

    /// Seals the state of a call that waits for input, so that it comes back with the same call of the
    /// same caller only.
    boolean sealState(Holder holder, Stage.Decoded call, ObjectNode result) {
        return call.opened() instanceof JsonRpcMessage.Request request
                && result.has(InputRequired.STATE)
                && sealText(Kind.REQUEST_STATE, holder, call(call.message(), request), result, InputRequired.STATE);
    }

    private boolean sealText(Kind kind, Holder holder, String context, ObjectNode object, String key) {
        var value = text(object.path(key));
        value.ifPresent(text -> object.put(key, seals.seal(kind, holder, context, text)));
        return value.isPresent();
    }

    /// What is called, and with what.
    private static String call(McpMessage meaning, JsonRpcMessage.Request request) {
        var arguments = meaning instanceof McpMessage.ToolCall tool
                ? tool.argumentsJson()
                : request.params().path("arguments").isObject()
                        ? request.params().path("arguments").toString()
                        : "{}";
        return request.method() + "\n" + Requests.mirroredName(request).orElse("") + "\n"
                + RecordedArguments.digestOf(arguments);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }
}
