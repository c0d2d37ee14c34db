package dev.portcullis.console.toolcalls;

import java.util.List;

/// Names seen in recent traffic, to choose a filter from, by name.
///
/// @param among how many of the newest records were looked at: the counts are of these, and a name that
///     none of them has is not here
public record SeenValues(
        List<Seen> routes, List<Seen> tools, List<Seen> callers, List<Seen> clients, List<Seen> rules, int among) {
    public SeenValues {
        routes = List.copyOf(routes);
        tools = List.copyOf(tools);
        callers = List.copyOf(callers);
        clients = List.copyOf(clients);
        rules = List.copyOf(rules);
    }

    /// @param calls how many of the records have it
    public record Seen(String name, long calls) {}
}
