package dev.portcullis.proxy.mcp;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/// What one side offers the other, and the methods it is good for. A capability none of whose methods
/// could pass is not passed on: the other side would only use it in vain.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/lifecycle">MCP,
///     capabilities</a>
public enum Capability {
    TOOLS(Side.SERVER, "tools", "tools/list", "tools/call"),
    RESOURCES(Side.SERVER, "resources", "resources/list", "resources/templates/list", "resources/read"),
    PROMPTS(Side.SERVER, "prompts", "prompts/list", "prompts/get"),
    LOGGING(Side.SERVER, "logging", "logging/setLevel", "notifications/message"),
    COMPLETIONS(Side.SERVER, "completions", "completion/complete"),
    TASKS(Side.SERVER, "tasks", "tasks/get", "tasks/result"),
    SAMPLING(Side.CLIENT, "sampling", "sampling/createMessage"),
    ELICITATION(Side.CLIENT, "elicitation", "elicitation/create"),
    ROOTS(Side.CLIENT, "roots", "roots/list");

    private static final String SUBSCRIBE = "subscribe";
    private static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";
    private static final List<String> SUBSCRIBING = List.of("resources/subscribe", "subscriptions/listen");

    private final Side side;
    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> methods;

    Capability(Side side, String key, String... methods) {
        this.side = side;
        this.key = key;
        this.methods = List.of(methods);
    }

    /// Who has it.
    public enum Side {
        CLIENT,
        SERVER
    }

    /// Every method that the capabilities of `side` are good for.
    public static List<String> methods(Side side) {
        var own = java.util.Arrays.stream(values())
                .filter(capability -> capability.side == side)
                .flatMap(capability -> capability.methods.stream());
        return side == Side.CLIENT
                ? own.toList()
                : java.util.stream.Stream.concat(own, SUBSCRIBING.stream()).toList();
    }

    /// Takes out of `capabilities` what is good for none of the methods that could pass.
    ///
    /// @return whether anything was taken out
    public static boolean remove(Side side, ObjectNode capabilities, Set<String> passing) {
        var removed = false;
        for (var capability : values()) {
            if (capability.side == side && capability.methods.stream().noneMatch(passing::contains)) {
                removed |= capabilities.remove(capability.key) != null;
                removed |= capability == TASKS && withoutTasks(capabilities);
            }
        }
        if (side == Side.SERVER
                && SUBSCRIBING.stream().noneMatch(passing::contains)
                && capabilities.get(RESOURCES.key) instanceof ObjectNode resources) {
            removed |= resources.remove(SUBSCRIBE) != null;
        }
        return removed;
    }

    /// Announces that the list of tools can change: the policy may change it at any time.
    public static boolean announceToolChanges(ObjectNode capabilities) {
        if (capabilities.get(TOOLS.key) instanceof ObjectNode tools
                && !tools.path("listChanged").asBoolean(false)) {
            tools.put("listChanged", true);
            return true;
        }
        return false;
    }

    private static boolean withoutTasks(ObjectNode capabilities) {
        return capabilities.get("extensions") instanceof ObjectNode extensions
                && extensions.remove(TASKS_EXTENSION) != null;
    }
}
