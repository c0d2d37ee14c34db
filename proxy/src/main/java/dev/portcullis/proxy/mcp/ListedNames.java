package dev.portcullis.proxy.mcp;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the entries of the lists in a result are called, in order: tools and prompts by name, resources by
/// URI. An entry that is called nothing is nobody's to call, and does not count.
public final class ListedNames {
    private static final Map<String, String> KEYS = Map.of(
            "tools", "name",
            "prompts", "name",
            "resources", "uri",
            "resourceTemplates", "uriTemplate");

    private final Set<String> names;

    private ListedNames(Set<String> names) {
        this.names = names;
    }

    /// Empty when there is no list in `result`.
    public static Optional<ListedNames> in(ObjectNode result) {
        var names = new LinkedHashSet<String>();
        var isList = false;
        for (var property : result.properties()) {
            var key = KEYS.get(property.getKey());
            if (key != null && property.getValue() instanceof ArrayNode entries) {
                isList = true;
                entries.forEach(entry -> entry.path(key).stringValueOpt().ifPresent(names::add));
            }
        }
        return isList ? Optional.of(new ListedNames(names)) : Optional.empty();
    }

    /// The names that `result` does not have.
    public List<String> without(ObjectNode result) {
        var left = in(result).map(kept -> kept.names).orElseGet(Set::of);
        return names.stream().filter(name -> !left.contains(name)).toList();
    }
}
