package dev.portcullis.policy.document;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The names that an installation has met, against which a document is compared for spelling mistakes.
/// What is empty says nothing: before anything was met, nothing is a mistake.
///
/// @param tools by route: the tools that its upstream has listed, or that were called there
/// @param actions the actions that calls have named
/// @param groups the groups that callers were in, and those that keys have
public record KnownNames(Map<String, Set<String>> tools, Set<String> actions, Set<String> groups) {
    /// Of an installation that nobody knows.
    public static final KnownNames NONE = new KnownNames(Map.of(), Set.of(), Set.of());

    public KnownNames {
        var copies = new HashMap<String, Set<String>>();
        tools.forEach((route, names) -> copies.put(route, Set.copyOf(names)));
        tools = Collections.unmodifiableMap(copies);
        actions = Set.copyOf(actions);
        groups = Set.copyOf(groups);
    }

    /// The tools met on a route.
    public Set<String> toolsOf(String route) {
        return tools.getOrDefault(route, Set.of());
    }
}
