package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.ProtocolKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The entries of a list in a result, each with a text that it is known by.
///
/// An entry that two readers could know by different texts, and entries that say different things under the
/// same text, are never shown: what was judged would not be what somebody sees.
final class ListedEntries {
    private final ArrayNode all;
    private final String key;
    private final ProtocolKeys keys;

    /// @param key the entry's key of the text it is known by
    /// @param keys all that the protocol gives such entries
    ListedEntries(ArrayNode all, String key, ProtocolKeys keys) {
        this.all = all;
        this.key = key;
        this.keys = keys;
    }

    /// The entries that can be judged, in order.
    List<JsonNode> readable() {
        var first = new HashMap<String, JsonNode>();
        var contradicted = new HashSet<String>();
        for (var entry : all) {
            if (hasText(entry)) {
                var known = first.putIfAbsent(text(entry), entry);
                if (known != null && !known.equals(entry)) {
                    contradicted.add(text(entry));
                }
            }
        }
        return all.valueStream()
                .filter(entry -> isReadable(entry) && !contradicted.contains(text(entry)))
                .toList();
    }

    /// The texts of the entries that can be judged, in order.
    List<String> texts() {
        return readable().stream().map(this::text).toList();
    }

    /// Leaves the entries of these texts only.
    void keep(Set<String> visible) {
        var kept = readable().stream()
                .filter(entry -> visible.contains(text(entry)))
                .toList();
        all.removeAll();
        kept.forEach(all::add);
    }

    private boolean isReadable(JsonNode entry) {
        return hasText(entry) && entry instanceof ObjectNode object && !keys.areConfusedIn(object);
    }

    private boolean hasText(JsonNode entry) {
        return entry.path(key).isString();
    }

    private String text(JsonNode entry) {
        return entry.path(key).asString();
    }
}
