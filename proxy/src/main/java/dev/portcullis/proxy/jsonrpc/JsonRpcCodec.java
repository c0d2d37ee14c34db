package dev.portcullis.proxy.jsonrpc;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// JSON-RPC 2.0 messages from bytes, strictly. Threads may share an instance.
///
/// Arrays are refused: batches exist in one revision of MCP only, and are the oldest way past a
/// gateway.
///
/// @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
public final class JsonRpcCodec {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;

    private static final List<String> ENVELOPE = List.of("jsonrpc", "id", "method", "params", "result", "error");

    private final StrictJson json;

    public JsonRpcCodec(StrictJson json) {
        this.json = json;
    }

    /// What came of reading bytes.
    public sealed interface Reading {
        record Read(JsonRpcMessage message) implements Reading {}

        /// Not a message.
        ///
        /// @param code a JSON-RPC error code
        /// @param id the id of the request, when that much could be read safely
        record Malformed(int code, String reason, Optional<RequestId> id) implements Reading {}
    }

    /// Reads one message; never throws for bad input.
    public Reading read(byte[] body) {
        JsonNode value;
        try {
            value = json.read(body);
        } catch (StrictJson.NotStrictJson e) {
            return new Reading.Malformed(PARSE_ERROR, "The body is not strict JSON: " + e.reason(), Optional.empty());
        }
        if (value instanceof ObjectNode object) {
            return envelope(object);
        }
        return invalid(
                value.isArray() ? "Batches are not supported: send one JSON-RPC message" : "Not a JSON-RPC message",
                Optional.empty());
    }

    /// The message as JSON text. Numbers keep their digits, objects the order of their keys.
    public static byte[] encode(JsonRpcMessage message) {
        var body = switch (message) {
            case JsonRpcMessage.Request request ->
                "\"id\":" + request.id().json() + "," + call(request.method(), request.params());
            case JsonRpcMessage.Notification notification -> call(notification.method(), notification.params());
            case JsonRpcMessage.Response response ->
                "\"id\":" + response.id().json()
                        + response.result()
                                .map(result -> ",\"result\":" + result)
                                .orElse("")
                        + response.error().map(error -> ",\"error\":" + error).orElse("");
        };
        return ("{\"jsonrpc\":\"2.0\"," + body + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String call(String method, ObjectNode params) {
        return "\"method\":" + quoted(method) + ",\"params\":" + params;
    }

    private static Reading envelope(ObjectNode object) {
        var confusing = confusingKey(object, ENVELOPE);
        if (confusing.isPresent()) {
            return invalid(
                    "The key " + quoted(confusing.get()) + " differs from a JSON-RPC key only in case",
                    Optional.empty());
        }
        if (!"2.0".equals(object.path("jsonrpc").asString(""))) {
            return invalid("jsonrpc must be \"2.0\"", Optional.empty());
        }
        Optional<RequestId> id = Optional.empty();
        if (object.has("id")) {
            if (!RequestId.isValid(object.get("id"))) {
                return invalid("id must be a string or an integer", Optional.empty());
            }
            id = Optional.of(RequestId.of(object.get("id")));
        }
        return object.has("method") ? call(object, id) : answer(object, id);
    }

    private static Reading call(ObjectNode object, Optional<RequestId> id) {
        if (object.has("result") || object.has("error")) {
            return invalid("A message with method has neither result nor error", id);
        }
        if (!object.get("method").isString() || object.get("method").asString().isEmpty()) {
            return invalid("method must be a non-empty string", id);
        }
        var method = object.get("method").asString();
        if (hasControlCharacter(method) || StrictJson.hasLoneSurrogate(method)) {
            return invalid("method contains a control character", id);
        }
        if (object.has("params") && !object.get("params").isObject()) {
            return invalid("params must be an object", id);
        }
        var params = object.has("params") ? (ObjectNode) object.get("params") : JsonNodeFactory.instance.objectNode();
        return new Reading.Read(id.<JsonRpcMessage>map(present -> new JsonRpcMessage.Request(present, method, params))
                .orElseGet(() -> new JsonRpcMessage.Notification(method, params)));
    }

    private static Reading answer(ObjectNode object, Optional<RequestId> id) {
        if (object.has("result") == object.has("error")) {
            return invalid("A message needs a method, a result or an error", id);
        }
        if (id.isEmpty()) {
            return invalid("A response needs the id of its request", id);
        }
        return new Reading.Read(new JsonRpcMessage.Response(
                id.get(), Optional.ofNullable(object.get("result")), Optional.ofNullable(object.get("error"))));
    }

    /// The first key of `object` that a reader which ignores case would take for one of `keys`, but
    /// that is not one.
    public static Optional<String> confusingKey(ObjectNode object, List<String> keys) {
        var folded = keys.stream().map(JsonRpcCodec::fold).collect(Collectors.toSet());
        for (var name : object.propertyNames()) {
            if (!keys.contains(name) && folded.contains(fold(name))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /// Case folding as the most lenient reader does it: U+017F is an s, U+212A a k.
    public static String fold(String key) {
        return key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    public static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Reading invalid(String reason, Optional<RequestId> id) {
        return new Reading.Malformed(INVALID_REQUEST, reason, id);
    }

    private static String quoted(String key) {
        return JsonNodeFactory.instance.stringNode(key).toString();
    }
}
