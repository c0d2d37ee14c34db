package dev.portcullis.proxy.mcp.modern;

import java.util.Set;

/// The methods of the modern era, with those of the tasks extension. What is not here is refused.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema">schema of
///     2026-07-28</a>
public final class ModernMethods {
    public static final String LISTEN = "subscriptions/listen";
    public static final String DISCOVER = "server/discover";
    public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

    private static final Set<String> REQUESTS = Set.of(
            DISCOVER,
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            LISTEN,
            "tasks/get",
            "tasks/update",
            "tasks/cancel");
    private static final Set<String> CACHEABLE = Set.of(
            DISCOVER, "tools/list", "resources/list", "resources/templates/list", "resources/read", "prompts/list");
    private static final Set<String> SERVER_NOTIFICATIONS = Set.of(
            "notifications/progress",
            "notifications/message",
            "notifications/cancelled",
            "notifications/subscriptions/acknowledged",
            "notifications/resources/updated",
            "notifications/resources/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/tasks");

    private ModernMethods() {}

    /// Whether a client may send a request of this method.
    public static boolean isRequest(String method) {
        return REQUESTS.contains(method);
    }

    /// Whether a method belongs to the tasks extension.
    static boolean isTaskMethod(String method) {
        return method.startsWith("tasks/");
    }

    /// Whether a client may keep the answer for some time.
    public static boolean isCacheable(String method) {
        return CACHEABLE.contains(method);
    }

    /// Whether a server may send a notification of this method. Requests it sends none.
    public static boolean isServerNotification(String method) {
        return SERVER_NOTIFICATIONS.contains(method);
    }
}
