package dev.portcullis.policy.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything an admin decides, in one document.
///
/// @param routes by name, in the document's order
/// @param rules in the document's order, which has no meaning
/// @param tools what was decided about tools: route, then tool name
public record PolicyDocument(
        String organization,
        Map<String, Route> routes,
        List<Rule> rules,
        Map<String, Map<String, ReviewedTool>> tools) {
    public PolicyDocument {
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        rules = List.copyOf(rules);
        var copies = new LinkedHashMap<String, Map<String, ReviewedTool>>();
        tools.forEach(
                (route, reviewed) -> copies.put(route, Collections.unmodifiableMap(new LinkedHashMap<>(reviewed))));
        tools = Collections.unmodifiableMap(copies);
    }

    /// Whether some route answers under this name.
    ///
    /// @param host in the form of [DomainName#name]
    public boolean answersAt(String host) {
        return routes.values().stream().anyMatch(route -> route.hosts().contains(host));
    }

    /// The route that answers under this name at this path.
    ///
    /// @param host in the form of [DomainName#name]
    public Optional<Route> routeAt(String host, String path) {
        return routes.values().stream()
                .filter(route ->
                        route.hosts().contains(host) && route.pathOnHosts().equals(path))
                .findFirst();
    }
}
