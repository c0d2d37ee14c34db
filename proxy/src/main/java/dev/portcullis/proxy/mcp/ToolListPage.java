package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A result that carries tools, wherever it turns up: in a JSON answer, in an event, on another stream.
public final class ToolListPage {
    private static final List<String> RESPONSE_KEYS = List.of("jsonrpc", "id", "method", "params", "result", "error");
    private static final List<String> RESULT_KEYS = List.of(
            "tools",
            "nextCursor",
            "_meta",
            "cacheScope",
            "ttlMs",
            "resultType",
            "inputRequests",
            "requestState",
            "capabilities",
            "protocolVersion",
            "supportedVersions",
            "taskId",
            "task",
            "isError");

    private final ArrayNode tools;

    private ToolListPage(ArrayNode tools) {
        this.tools = tools;
    }

    /// The page in a result, if it is one.
    public static Optional<ToolListPage> in(ObjectNode result) {
        return result.get("tools") instanceof ArrayNode tools ? Optional.of(new ToolListPage(tools)) : Optional.empty();
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

    /// The definition of each tool that has a name.
    public Map<String, JsonNode> definitions() {
        return tools.valueStream()
                .filter(tool -> tool.path("name").isString())
                .collect(Collectors.toMap(
                        tool -> tool.path("name").asString(), tool -> tool, (first, second) -> second));
    }

    /// Leaves the visible tools only. The cursor stays, even when the page becomes empty.
    public void keep(Set<String> visible) {
        var all = tools.valueStream().toList();
        tools.removeAll();
        all.stream()
                .filter(tool -> tool.path("name").isString()
                        && visible.contains(tool.path("name").asString()))
                .forEach(tools::add);
    }
}
