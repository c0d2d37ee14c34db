package dev.portcullis.proxy.mcp.modern;

import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpProblem;
import dev.portcullis.proxy.mcp.MetaKeys;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.mcp.Requests;
import dev.portcullis.proxy.mcp.Requests.Reading;

import java.util.List;
import java.util.Optional;

/// What a client's message means in the modern era: a request that carries its own facts, repeated in
/// headers. A client sends neither responses nor, over HTTP, notifications.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
///     Streamable HTTP of 2026-07-28</a>
public final class ModernReader {
    private static final List<String> FILTER_KEYS = List.of(
            "toolsListChanged", "promptsListChanged", "resourcesListChanged", "resourceSubscriptions", "taskIds");

    /// Some servers take a text for a list of one, whose URI no rule would have seen.
    private static final List<String> LISTS = List.of("resourceSubscriptions", "taskIds");

    private ModernReader() {}

    /// A request whose `_meta` names a protocol version.
    public static Reading request(JsonRpcMessage.Request request, MirroredHeaders headers) {
        var id = Optional.of(request.id());
        var version = request.params().path(MetaKeys.META).path(MetaKeys.VERSION);
        if (!version.isString()) {
            return invalid("_meta: " + MetaKeys.VERSION + " must be a string", request);
        }
        if (headers.version().filter(version.asString()::equals).isEmpty()) {
            return problem(new McpProblem.HeaderMismatch(
                    "The header " + MirroredHeaders.VERSION + " does not agree with _meta", id));
        }
        if (!Era.MODERN.has(version.asString())) {
            return problem(new McpProblem.UnsupportedVersion(version.asString(), Era.MODERN.versions(), id));
        }
        if (!request.params()
                .path(MetaKeys.META)
                .path(MetaKeys.CLIENT_CAPABILITIES)
                .isObject()) {
            return invalid("_meta: " + MetaKeys.CLIENT_CAPABILITIES + " must be an object", request);
        }
        var disagreement = headers.disagreement(true, request.method(), Requests.mirroredName(request));
        if (disagreement.isPresent()) {
            return problem(new McpProblem.HeaderMismatch(disagreement.get(), id));
        }
        return known(request);
    }

    /// The server has no use for one.
    public static Reading notification(JsonRpcMessage.Notification notification) {
        return problem(new McpProblem.UnknownNotification(Era.MODERN, notification.method()));
    }

    /// Answers to a server travel in requests of this era.
    public static Reading answer() {
        return problem(
                new McpProblem.Misplaced("A client sends no responses in this protocol version", Optional.empty()));
    }

    private static Reading known(JsonRpcMessage.Request request) {
        if (!ModernMethods.isRequest(request.method())) {
            return problem(new McpProblem.UnknownMethod(Era.MODERN, request.method(), request.id()));
        }
        if (ModernMethods.isTaskMethod(request.method()) && !declaresTasks(request)) {
            return problem(new McpProblem.MissingExtension(ModernMethods.TASKS_EXTENSION, Optional.of(request.id())));
        }
        if (request.method().equals(ModernMethods.LISTEN) && !hasKnownFilter(request)) {
            return invalid(
                    "params.notifications has a key this gateway does not know, or a value of another type", request);
        }
        if (request.params().has("requestState")
                && !request.params().path("requestState").isString()) {
            return invalid("params.requestState must be a string", request);
        }
        return Requests.known(
                Era.MODERN,
                request,
                ClientSoftware.in(request.params().path(MetaKeys.META).path(MetaKeys.CLIENT_INFO)));
    }

    private static boolean declaresTasks(JsonRpcMessage.Request request) {
        return request.params()
                .path(MetaKeys.META)
                .path(MetaKeys.CLIENT_CAPABILITIES)
                .path("extensions")
                .has(ModernMethods.TASKS_EXTENSION);
    }

    /// A filter that is not known could deliver what no rule has judged.
    private static boolean hasKnownFilter(JsonRpcMessage.Request request) {
        var filter = request.params().path("notifications");
        return filter.isObject()
                && FILTER_KEYS.containsAll(filter.propertyNames())
                && LISTS.stream()
                        .allMatch(key -> !filter.has(key) || filter.get(key).isArray());
    }

    private static Reading invalid(String reason, JsonRpcMessage.Request request) {
        return problem(new McpProblem.InvalidParams(reason, Optional.of(request.id())));
    }

    private static Reading problem(McpProblem problem) {
        return new Reading.NotUnderstood(problem);
    }
}
