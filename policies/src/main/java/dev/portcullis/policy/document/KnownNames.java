package dev.portcullis.policy.document;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The names that an installation has met, against which a document is compared for spelling mistakes.
/// What is empty says nothing: before anything was met, nothing is a mistake.
///
/// @param tools by route: the tools that its upstream has listed
/// @param called by route: the tools that were called there, listed or not
/// @param actions the actions that calls have named
/// @param groups the groups that callers were in, and those that keys have
public record KnownNames(
        Map<String, Set<String>> tools, Map<String, Set<String>> called, Set<String> actions, Set<String> groups) {
    /// Of an installation that nobody knows.
    public static final KnownNames NONE = new KnownNames(Map.of(), Map.of(), Set.of(), Set.of());

    public KnownNames {
        tools = copy(tools);
        called = copy(called);
        actions = Set.copyOf(actions);
        groups = Set.copyOf(groups);
    }

    /// The tools that the upstream of a route has listed.
    public Set<String> toolsOf(String route) {
        return tools.getOrDefault(route, Set.of());
    }

    /// Whether a tool was called on a route.
    boolean isCalled(String route, String tool) {
        return called.getOrDefault(route, Set.of()).contains(tool);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> names) {
        var copies = new HashMap<String, Set<String>>();
        names.forEach((route, known) -> copies.put(route, Set.copyOf(known)));
        return Collections.unmodifiableMap(copies);
    }
}
