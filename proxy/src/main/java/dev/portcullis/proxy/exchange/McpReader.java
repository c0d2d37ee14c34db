package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpProblem;
import dev.portcullis.proxy.mcp.MetaKeys;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.mcp.Requests.Reading;
import dev.portcullis.proxy.mcp.legacy.LegacyReader;
import dev.portcullis.proxy.mcp.modern.ModernReader;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// What a client's JSON-RPC message means in MCP: decides the era and hands on to its reader.
///
/// The era is read from the body: `_meta` names a protocol version in the modern era only. Some legacy
/// clients send other reserved `_meta` keys; they stay legacy. Only a message without `_meta`, such as
/// a notification, is placed by its header.
public final class McpReader {
    private static final List<String> META_KEYS = List.of(
            MetaKeys.VERSION,
            MetaKeys.CLIENT_CAPABILITIES,
            MetaKeys.CLIENT_INFO,
            MetaKeys.RELATED_TASK,
            "progressToken");
    private static final List<String> REF_KEYS = List.of("type", "uri", "name");
    private static final List<String> PARAMS = List.of(
            "name",
            "arguments",
            MetaKeys.META,
            "uri",
            "cursor",
            "task",
            "taskId",
            "requestState",
            "inputResponses",
            "notifications",
            "ref",
            "argument",
            "context",
            "level",
            "protocolVersion",
            "capabilities",
            "clientInfo");

    private McpReader() {}

    /// Interprets `message`, sent with `headers`.
    public static Reading read(JsonRpcMessage message, HeaderFields headers) {
        var mirrored = new MirroredHeaders(headers);
        var id = idOf(message);
        var repeated = mirrored.repeated();
        if (repeated.isPresent()) {
            return problem(new McpProblem.HeaderMismatch("The header " + repeated.get() + " is repeated", id));
        }
        var confusing = confusingParameter(message);
        if (confusing.isPresent()) {
            return problem(new McpProblem.InvalidParams(confusing.get(), id));
        }
        var claimsModern = mirrored.version().filter(Era.MODERN::has).isPresent();
        return switch (message) {
            case JsonRpcMessage.Request request
            when request.params().path(MetaKeys.META).has(MetaKeys.VERSION) -> ModernReader.request(request, mirrored);
            case JsonRpcMessage.Request request -> LegacyReader.request(request, mirrored);
            case JsonRpcMessage.Notification notification when claimsModern -> ModernReader.notification(notification);
            case JsonRpcMessage.Notification notification -> LegacyReader.notification(notification, mirrored);
            case JsonRpcMessage.Response response when claimsModern -> ModernReader.answer();
            case JsonRpcMessage.Response response -> LegacyReader.answer(response, mirrored);
        };
    }

    private static Optional<String> confusingParameter(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Request request -> confusingParameter(request.params());
            case JsonRpcMessage.Notification notification -> confusingParameter(notification.params());
            case JsonRpcMessage.Response response -> Optional.empty();
        };
    }

    private static Optional<String> confusingParameter(ObjectNode params) {
        var confusing = JsonRpcCodec.confusingKey(params, PARAMS);
        if (confusing.isEmpty() && params.get(MetaKeys.META) instanceof ObjectNode meta) {
            confusing = JsonRpcCodec.confusingKey(meta, META_KEYS);
        }
        if (confusing.isEmpty() && params.get("ref") instanceof ObjectNode ref) {
            confusing = JsonRpcCodec.confusingKey(ref, REF_KEYS);
        }
        if (confusing.isEmpty()
                && params.has(MetaKeys.META)
                && !params.get(MetaKeys.META).isObject()) {
            return Optional.of("_meta must be an object");
        }
        return confusing.map(key -> "A key of params differs from a protocol key only in case");
    }

    private static Optional<RequestId> idOf(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Request request ? Optional.of(request.id()) : Optional.empty();
    }

    private static Reading problem(McpProblem problem) {
        return new Reading.NotUnderstood(problem);
    }
}
