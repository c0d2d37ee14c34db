package dev.portcullis.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a kill stops: the whole organization, or requests that match every key that is present. Names may
/// be patterns with `*`.
///
/// A scope without any key is the whole organization: of the two readings, the one that stops.
public record KillScope(
        List<String> routes, List<String> groups, List<String> callers, List<String> clients, List<String> tools) {
    /// What a kill can be narrowed to, in the order in which people read it.
    public static final List<String> KEYS = List.of("routes", "groups", "callers", "clients", "tools");

    public KillScope {
        routes = List.copyOf(routes);
        groups = List.copyOf(groups);
        callers = List.copyOf(callers);
        clients = List.copyOf(clients);
        tools = List.copyOf(tools);
    }

    public static KillScope wholeOrganization() {
        return of(Map.of());
    }

    /// @param lists under [#KEYS]; a key that is not there is not a part of the scope
    public static KillScope of(Map<String, List<String>> lists) {
        return new KillScope(
                lists.getOrDefault("routes", List.of()),
                lists.getOrDefault("groups", List.of()),
                lists.getOrDefault("callers", List.of()),
                lists.getOrDefault("clients", List.of()),
                lists.getOrDefault("tools", List.of()));
    }

    /// The keys that are present, with their names.
    public Map<String, List<String>> lists() {
        var lists = new LinkedHashMap<String, List<String>>();
        KEYS.forEach(key -> lists.put(key, list(key)));
        lists.values().removeIf(List::isEmpty);
        return lists;
    }

    public boolean isOrganization() {
        return lists().isEmpty();
    }

    /// For people: `everything`, or `routes port-eu; tools run_action`.
    public String describe() {
        return isOrganization()
                ? "everything"
                : lists().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; "));
    }

    /// Whether it takes requests on a route in, as far as the route is concerned.
    public boolean reachesRoute(String route) {
        return routes.isEmpty() || routes.stream().map(Glob::new).anyMatch(pattern -> pattern.matches(route));
    }

    /// Whether it says nothing about who calls, with what software, or which tool.
    boolean isAboutEverybody() {
        return groups.isEmpty() && callers.isEmpty() && clients.isEmpty() && tools.isEmpty();
    }

    private List<String> list(String key) {
        return switch (key) {
            case "routes" -> routes;
            case "groups" -> groups;
            case "callers" -> callers;
            case "clients" -> clients;
            case "tools" -> tools;
            default -> throw new IllegalArgumentException("key: " + key + " (expected: one of " + KEYS + ")");
        };
    }
}
