package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A response that carries tools, wherever it turns up: in a JSON answer, in an event, on another
/// stream.
public final class ToolListPage {
    private static final List<String> RESPONSE_KEYS = List.of("jsonrpc", "id", "result", "error");
    private static final List<String> RESULT_KEYS = List.of("tools", "nextCursor", "_meta", "cacheScope", "ttlMs");

    private final ObjectNode message;
    private final ArrayNode tools;

    private ToolListPage(ObjectNode message, ArrayNode tools) {
        this.message = message;
        this.tools = tools;
    }

    /// The page in `message`, if it is one.
    public static Optional<ToolListPage> in(JsonNode message) {
        return message instanceof ObjectNode object
                        && object.get("result") instanceof ObjectNode result
                        && result.get("tools") instanceof ArrayNode tools
                ? Optional.of(new ToolListPage(object, tools))
                : Optional.empty();
    }

    /// Whether some client could see tools in `message` that [#in] does not see, by ignoring the case
    /// of keys.
    public static boolean isAmbiguous(JsonNode message) {
        return message instanceof ObjectNode object
                && (JsonRpcCodec.confusingKey(object, RESPONSE_KEYS).isPresent()
                        || (object.get("result") instanceof ObjectNode result
                                && JsonRpcCodec.confusingKey(result, RESULT_KEYS)
                                        .isPresent()));
    }

    /// The names on this page, in order; an entry without a name has none.
    public List<String> names() {
        return tools.valueStream()
                .map(tool -> tool.path("name"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }

    /// The message with the visible tools only. The cursor stays, even when the page becomes empty; an
    /// answer that depends on the caller is marked as not to be shared or kept in the modern era.
    public String showing(Set<String> visible, Era era) {
        var edited = message.deepCopy();
        var result = (ObjectNode) edited.get("result");
        var kept = ((ArrayNode) result.get("tools")).removeAll();
        tools.valueStream()
                .filter(tool -> tool.path("name").isString()
                        && visible.contains(tool.path("name").asString()))
                .forEach(kept::add);
        if (era == Era.MODERN) {
            result.put("cacheScope", "private");
            result.put("ttlMs", 0);
        }
        return edited.toString();
    }
}
