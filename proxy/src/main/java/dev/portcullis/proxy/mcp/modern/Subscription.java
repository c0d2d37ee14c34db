package dev.portcullis.proxy.mcp.modern;

import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.MetaKeys;
import tools.jackson.databind.node.ObjectNode;

/// What a client asked `subscriptions/listen` for.
///
/// @param id of the request, which names the subscription on its stream
/// @param toolsListChanged whether it wants to hear that the list of tools has changed
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">MCP,
///     subscriptions</a>
public record Subscription(RequestId id, boolean toolsListChanged) {
    private static final String TOOLS = "toolsListChanged";
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

    /// The subscription that `request`, of the method `subscriptions/listen`, asks for.
    public static Subscription of(JsonRpcMessage.Request request) {
        return new Subscription(
                request.id(), request.params().path("notifications").path(TOOLS).asBoolean(false));
    }

    /// Whether `method` begins the subscription's stream; nothing may be sent on it before.
    public static boolean begins(String method) {
        return method.equals(ACKNOWLEDGED);
    }

    /// Promises in an acknowledgement what the gateway itself will send.
    ///
    /// @return whether the server had not promised it
    public boolean promise(ObjectNode acknowledgement) {
        if (!toolsListChanged
                || !(acknowledgement.get("params") instanceof ObjectNode params)
                || !(params.get("notifications") instanceof ObjectNode notifications)
                || notifications.path(TOOLS).asBoolean(false)) {
            return false;
        }
        notifications.put(TOOLS, true);
        return true;
    }

    /// The notification that the list of tools has changed, as JSON text.
    public String toolsChanged() {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{\"_meta\":{\""
                + MetaKeys.SUBSCRIPTION + "\":" + id.json() + "}}}";
    }
}
