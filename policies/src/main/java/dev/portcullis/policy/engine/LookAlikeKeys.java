package dev.portcullis.policy.engine;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.LenientKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What some server could find at a place in the arguments of a call, though another one finds nothing
/// there: under a key that only looks like the right one ([LenientKeys]), and in an object or a list that is given
/// as a text of JSON.
///
/// Looks at each object and text once, however many places are asked for. One call, one thread.
final class LookAlikeKeys {
    private final JsonNode root;
    private final IdentityHashMap<ObjectNode, Map<String, List<JsonNode>>> folded = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Optional<JsonNode>> parsed = new IdentityHashMap<>();

    LookAlikeKeys(JsonNode root) {
        this.root = root;
    }

    /// Every value that could be meant, the one under exactly these keys among them.
    List<JsonNode> at(List<String> keys) {
        var found = List.of(root);
        for (var key : keys) {
            found = found.stream()
                    .flatMap(value -> children(value, key).stream())
                    .toList();
        }
        return found.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), list(value).stream()))
                .toList();
    }

    /// A list that is given as a text.
    private Optional<JsonNode> list(JsonNode value) {
        return value.isString() ? inside(value).filter(JsonNode::isArray) : Optional.empty();
    }

    private Optional<JsonNode> inside(JsonNode text) {
        return parsed.computeIfAbsent(text, LookAlikeKeys::parsed);
    }

    private List<JsonNode> children(JsonNode value, String key) {
        if (value instanceof ObjectNode object) {
            var name = LenientKeys.fold(key);
            return name.isEmpty()
                    ? present(object.path(key))
                    : folded.computeIfAbsent(object, LookAlikeKeys::folded).getOrDefault(name, List.of());
        }
        if (value.isString()) {
            return inside(value).map(object -> children(object, key)).orElse(List.of());
        }
        return ArgumentTree.hidden(value)
                .filter(hidden -> hidden.kind() == Kind.STRING)
                .<List<JsonNode>>map(
                        hidden -> List.of(new POJONode(new HiddenValue(hidden.at(), Kind.UNKNOWN, Optional.empty()))))
                .orElseGet(() -> present(ArgumentTree.at(value, List.of(key))));
    }

    private static List<JsonNode> present(JsonNode value) {
        return value.isMissingNode() ? List.of() : List.of(value);
    }

    private static Map<String, List<JsonNode>> folded(ObjectNode object) {
        var byName = new HashMap<String, List<JsonNode>>();
        object.forEachEntry((key, value) -> byName.computeIfAbsent(LenientKeys.fold(key), name -> new ArrayList<>())
                .add(value));
        return byName;
    }

    private static Optional<JsonNode> parsed(JsonNode text) {
        var json = text.stringValue().strip();
        return json.startsWith("{") || json.startsWith("[") ? ArgumentTree.inside(json) : Optional.empty();
    }
}
