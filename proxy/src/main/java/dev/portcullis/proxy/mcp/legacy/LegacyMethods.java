package dev.portcullis.proxy.mcp.legacy;

import java.util.Set;

/// The methods of the legacy era, in both directions. What is not here is refused.
///
/// `tasks/list` of a client is left out on purpose: it can show one caller the tasks of another.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/schema">schema of
///     2025-11-25</a>
public final class LegacyMethods {
    public static final String INITIALIZE = "initialize";

    private static final Set<String> REQUESTS = Set.of(
            INITIALIZE,
            "ping",
            "logging/setLevel",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "tasks/get",
            "tasks/result",
            "tasks/cancel");
    private static final Set<String> NOTIFICATIONS = Set.of(
            "notifications/initialized",
            "notifications/progress",
            "notifications/cancelled",
            "notifications/roots/list_changed",
            "notifications/tasks/status");
    private static final Set<String> SERVER_REQUESTS = Set.of(
            "ping",
            "sampling/createMessage",
            "elicitation/create",
            "roots/list",
            "tasks/get",
            "tasks/result",
            "tasks/list",
            "tasks/cancel");
    private static final Set<String> SERVER_NOTIFICATIONS = Set.of(
            "notifications/progress",
            "notifications/message",
            "notifications/cancelled",
            "notifications/resources/updated",
            "notifications/resources/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/elicitation/complete",
            "notifications/tasks/status");

    private LegacyMethods() {}

    /// Whether a client may send a request of this method.
    public static boolean isRequest(String method) {
        return REQUESTS.contains(method);
    }

    /// Whether a client may send a notification of this method.
    public static boolean isNotification(String method) {
        return NOTIFICATIONS.contains(method);
    }

    /// Whether a server may send a request of this method.
    public static boolean isServerRequest(String method) {
        return SERVER_REQUESTS.contains(method);
    }

    /// Whether a server may send a notification of this method.
    public static boolean isServerNotification(String method) {
        return SERVER_NOTIFICATIONS.contains(method);
    }
}
