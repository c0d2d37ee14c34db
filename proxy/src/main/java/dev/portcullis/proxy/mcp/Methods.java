package dev.portcullis.proxy.mcp;

import java.util.Set;

/// The methods a client may send in each era. What is not here is refused.
///
/// `tasks/list` is left out on purpose: it can show one caller the tasks of another.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/schema">schema of
///     2025-11-25</a>
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/schema">schema of
///     2026-07-28</a>
final class Methods {
    static final String INITIALIZE = "initialize";
    static final String TOOLS_LIST = "tools/list";
    static final String TOOLS_CALL = "tools/call";
    static final String PROMPTS_GET = "prompts/get";
    static final String RESOURCES_READ = "resources/read";

    private static final Set<String> LEGACY_REQUESTS = Set.of(
            INITIALIZE,
            "ping",
            "logging/setLevel",
            TOOLS_LIST,
            TOOLS_CALL,
            "resources/list",
            "resources/templates/list",
            RESOURCES_READ,
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            PROMPTS_GET,
            "completion/complete",
            "tasks/get",
            "tasks/result",
            "tasks/cancel");
    private static final Set<String> MODERN_REQUESTS = Set.of(
            "server/discover",
            TOOLS_LIST,
            TOOLS_CALL,
            "resources/list",
            "resources/templates/list",
            RESOURCES_READ,
            "prompts/list",
            PROMPTS_GET,
            "completion/complete",
            "subscriptions/listen");
    private static final Set<String> LEGACY_NOTIFICATIONS = Set.of(
            "notifications/initialized",
            "notifications/progress",
            "notifications/cancelled",
            "notifications/roots/list_changed",
            "notifications/tasks/status");

    private Methods() {}

    static boolean isRequest(Era era, String method) {
        return switch (era) {
            case LEGACY -> LEGACY_REQUESTS.contains(method);
            case MODERN -> MODERN_REQUESTS.contains(method);
        };
    }

    static boolean isNotification(Era era, String method) {
        return switch (era) {
            case LEGACY -> LEGACY_NOTIFICATIONS.contains(method);
            case MODERN -> false;
        };
    }
}
