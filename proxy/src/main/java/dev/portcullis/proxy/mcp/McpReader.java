package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What a client's JSON-RPC message means in MCP.
///
/// The era is read from the body: `_meta` names a protocol version in the modern era only. Some legacy
/// clients send other reserved `_meta` keys; they stay legacy.
public final class McpReader {
    private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final String META_CLIENT = "io.modelcontextprotocol/clientInfo";
    private static final List<String> META_KEYS = List.of(META_VERSION, META_CAPABILITIES, META_CLIENT);
    private static final List<String> PARAMS = List.of(
            "name",
            "arguments",
            "_meta",
            "uri",
            "cursor",
            "task",
            "taskId",
            "requestState",
            "inputResponses",
            "ref",
            "argument",
            "context",
            "level",
            "protocolVersion",
            "capabilities",
            "clientInfo");

    private McpReader() {}

    /// What came of it.
    public sealed interface Reading {
        record Understood(Era era, McpMessage message) implements Reading {}

        record NotUnderstood(McpProblem problem) implements Reading {}
    }

    /// Interprets `message`, sent with `headers`.
    public static Reading read(JsonRpcMessage message, HeaderFields headers) {
        var mirrored = new MirroredHeaders(headers);
        var id = idOf(message);
        var repeated = mirrored.repeated();
        if (repeated.isPresent()) {
            return problem(new McpProblem.HeaderMismatch("The header " + repeated.get() + " is repeated", id));
        }
        return switch (message) {
            case JsonRpcMessage.Request request -> request(request, mirrored);
            case JsonRpcMessage.Notification notification -> notification(notification, mirrored);
            case JsonRpcMessage.Response response -> answer(response, mirrored);
        };
    }

    private static Reading request(JsonRpcMessage.Request request, MirroredHeaders headers) {
        var id = Optional.of(request.id());
        var confusing = confusingParameter(request.params());
        if (confusing.isPresent()) {
            return invalid(confusing.get(), id);
        }
        var metaVersion = request.params().path("_meta").path(META_VERSION);
        return metaVersion.isMissingNode() ? legacy(request, headers) : modern(request, metaVersion, headers);
    }

    private static Reading legacy(JsonRpcMessage.Request request, MirroredHeaders headers) {
        var id = Optional.of(request.id());
        var version = headers.version();
        if (version.filter(Era.MODERN::has).isPresent()) {
            return invalid("_meta must name the protocol version, as the header does", id);
        }
        if (version.isPresent() && !Era.LEGACY.has(version.get())) {
            return problem(new McpProblem.UnsupportedVersion(version.get(), id));
        }
        return understood(Era.LEGACY, request, headers, false);
    }

    private static Reading modern(JsonRpcMessage.Request request, JsonNode version, MirroredHeaders headers) {
        var id = Optional.of(request.id());
        if (!version.isString()) {
            return invalid("_meta: " + META_VERSION + " must be a string", id);
        }
        if (!Era.MODERN.has(version.asString())) {
            return problem(new McpProblem.UnsupportedVersion(version.asString(), id));
        }
        if (headers.version().filter(version.asString()::equals).isEmpty()) {
            return problem(new McpProblem.HeaderMismatch(
                    "The header " + MirroredHeaders.VERSION + " does not agree with _meta", id));
        }
        if (!request.params().path("_meta").path(META_CAPABILITIES).isObject()) {
            return invalid("_meta: " + META_CAPABILITIES + " must be an object", id);
        }
        return understood(Era.MODERN, request, headers, true);
    }

    private static Reading understood(
            Era era, JsonRpcMessage.Request request, MirroredHeaders headers, boolean headersRequired) {
        var disagreement = headers.disagreement(headersRequired, request.method(), mirroredName(request));
        if (disagreement.isPresent()) {
            return problem(new McpProblem.HeaderMismatch(disagreement.get(), Optional.of(request.id())));
        }
        if (!Methods.isRequest(era, request.method())) {
            return problem(new McpProblem.UnknownMethod(era, request.method(), request.id()));
        }
        return switch (request.method()) {
            case Methods.TOOLS_CALL -> toolCall(era, request);
            case Methods.TOOLS_LIST ->
                new Reading.Understood(era, new McpMessage.ToolList(request.id(), software(request)));
            default ->
                new Reading.Understood(
                        era, new McpMessage.OtherRequest(request.id(), request.method(), software(request)));
        };
    }

    private static Reading toolCall(Era era, JsonRpcMessage.Request request) {
        var id = Optional.of(request.id());
        var name = request.params().path("name");
        if (!name.isString() || name.asString().isEmpty()) {
            return invalid("params.name must be a non-empty string", id);
        }
        if (JsonRpcCodec.hasControlCharacter(name.asString()) || StrictJson.hasLoneSurrogate(name.asString())) {
            return invalid("params.name contains a control character", id);
        }
        var arguments = request.params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            return invalid("params.arguments must be an object", id);
        }
        if (arguments instanceof ObjectNode object && hasKeysThatDifferOnlyInCase(object)) {
            return invalid("Two keys of params.arguments differ only in case", id);
        }
        return new Reading.Understood(
                era,
                new McpMessage.ToolCall(
                        request.id(),
                        name.asString(),
                        arguments.isMissingNode() ? "{}" : arguments.toString(),
                        request.params().has("task"),
                        software(request)));
    }

    private static Reading notification(JsonRpcMessage.Notification notification, MirroredHeaders headers) {
        var confusing = confusingParameter(notification.params());
        if (confusing.isPresent()) {
            return invalid(confusing.get(), Optional.empty());
        }
        var version = headers.version();
        var era = version.filter(Era.MODERN::has).isPresent() ? Era.MODERN : Era.LEGACY;
        if (version.isPresent() && !era.has(version.get())) {
            return problem(new McpProblem.UnsupportedVersion(version.get(), Optional.empty()));
        }
        var disagreement = headers.disagreement(false, notification.method(), Optional.empty());
        if (disagreement.isPresent()) {
            return problem(new McpProblem.HeaderMismatch(disagreement.get(), Optional.empty()));
        }
        return Methods.isNotification(era, notification.method())
                ? new Reading.Understood(era, new McpMessage.Notification(notification.method()))
                : problem(new McpProblem.UnknownNotification(era, notification.method()));
    }

    private static Reading answer(JsonRpcMessage.Response response, MirroredHeaders headers) {
        var version = headers.version();
        if (version.filter(Era.MODERN::has).isPresent()) {
            return problem(
                    new McpProblem.Misplaced("A client sends no responses in this protocol version", Optional.empty()));
        }
        if (version.isPresent() && !Era.LEGACY.has(version.get())) {
            return problem(new McpProblem.UnsupportedVersion(version.get(), Optional.empty()));
        }
        return new Reading.Understood(Era.LEGACY, new McpMessage.Answer(response.id()));
    }

    private static Optional<String> mirroredName(JsonRpcMessage.Request request) {
        var source = switch (request.method()) {
            case Methods.TOOLS_CALL, Methods.PROMPTS_GET -> request.params().path("name");
            case Methods.RESOURCES_READ -> request.params().path("uri");
            default -> request.params().path("");
        };
        return source.isString() ? Optional.of(source.asString()) : Optional.empty();
    }

    private static Optional<ClientSoftware> software(JsonRpcMessage.Request request) {
        var inMeta = ClientSoftware.in(request.params().path("_meta").path(META_CLIENT));
        return inMeta.isPresent() || !request.method().equals(Methods.INITIALIZE)
                ? inMeta
                : ClientSoftware.in(request.params().path("clientInfo"));
    }

    private static Optional<String> confusingParameter(ObjectNode params) {
        var confusing = JsonRpcCodec.confusingKey(params, PARAMS);
        if (confusing.isEmpty() && params.get("_meta") instanceof ObjectNode meta) {
            confusing = JsonRpcCodec.confusingKey(meta, META_KEYS);
        }
        if (confusing.isEmpty() && params.has("_meta") && !params.get("_meta").isObject()) {
            return Optional.of("_meta must be an object");
        }
        return confusing.map(key -> "A key of params differs from a protocol key only in case");
    }

    private static boolean hasKeysThatDifferOnlyInCase(ObjectNode object) {
        var folded = new HashSet<String>();
        return object.propertyNames().stream().anyMatch(name -> !folded.add(JsonRpcCodec.fold(name)));
    }

    private static Optional<RequestId> idOf(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Request request ? Optional.of(request.id()) : Optional.empty();
    }

    private static Reading invalid(String reason, Optional<RequestId> id) {
        return problem(new McpProblem.InvalidParams(reason, id));
    }

    private static Reading problem(McpProblem problem) {
        return new Reading.NotUnderstood(problem);
    }
}
