package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.ProtocolKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A result that carries tools, wherever it turns up: in a JSON answer, in an event, on another stream.
public final class ToolListPage {
    private static final List<String> RESPONSE_KEYS = List.of("jsonrpc", "id", "method", "params", "result", "error");
    private static final List<String> RESULT_KEYS = List.of(
            "tools",
            "prompts",
            "resources",
            "resourceTemplates",
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

    private static final ProtocolKeys TOOL_KEYS = ProtocolKeys.of(
            "name",
            "title",
            "description",
            "inputSchema",
            "outputSchema",
            "annotations",
            "execution",
            "icons",
            MetaKeys.META);

    private final ListedEntries tools;

    private ToolListPage(ArrayNode tools) {
        this.tools = new ListedEntries(tools, "name", TOOL_KEYS);
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

    /// The tools that can be judged, in order.
    public List<JsonNode> entries() {
        return tools.readable();
    }

    /// Leaves the visible tools only. The cursor stays, even when the page becomes empty.
    public void keep(Set<String> visible) {
        tools.keep(visible);
    }
}
