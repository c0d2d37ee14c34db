package dev.portcullis.console.toolcalls;

import java.util.List;

/// Names seen in recent traffic, to choose a filter from.
public record SeenValues(List<String> routes, List<String> tools, List<String> callers) {
    public SeenValues {
        routes = List.copyOf(routes);
        tools = List.copyOf(tools);
        callers = List.copyOf(callers);
    }
}
