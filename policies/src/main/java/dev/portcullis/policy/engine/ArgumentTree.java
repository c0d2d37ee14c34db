package dev.portcullis.policy.engine;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The arguments of a call as a tree, in which a value that a record hides is a node of its own kind, a
/// [POJONode], as no JSON text has it.
final class ArgumentTree {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectReader STRICT = EXACT.readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    /// Where names are hidden, two members may have the same.
    private static final ObjectReader FORGIVING = EXACT.readerFor(JsonNode.class);

    private ArgumentTree() {}

    /// @throws NoAnswer when the arguments are not JSON without repeated keys
    static JsonNode of(String argumentsJson) {
        return read(STRICT, argumentsJson);
    }

    /// @throws NoAnswer when what is hidden stands nowhere in what was kept
    static JsonNode of(KeptArguments kept) {
        var root = kept.isWhole() ? of(kept.json()) : read(FORGIVING, kept.json());
        for (var hidden : kept.hidden()) {
            if (hidden.at().isEmpty()) {
                return new POJONode(hidden);
            }
        }
        kept.hidden().forEach(hidden -> hide(root, hidden));
        return root;
    }

    /// What a text says that is itself JSON; empty when it is not.
    static Optional<JsonNode> inside(String text) {
        try {
            return Optional.of(FORGIVING.readValue(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// What is hidden about a value, when it is one of that kind.
    static Optional<HiddenValue> hidden(JsonNode value) {
        return value instanceof POJONode node && node.getPojo() instanceof HiddenValue hidden
                ? Optional.of(hidden)
                : Optional.empty();
    }

    /// What stands at a place; a missing node when there is nothing.
    static JsonNode at(JsonNode root, List<String> keys) {
        var value = root;
        for (var key : keys) {
            value = child(value, key);
        }
        return value;
    }

    private static JsonNode child(JsonNode value, String key) {
        var unkept = hidden(value);
        if (unkept.isPresent()) {
            return unkept.get().inside(key).<JsonNode>map(POJONode::new).orElseGet(MissingNode::getInstance);
        }
        return value.isArray() ? element(value, key) : value.path(key);
    }

    private static JsonNode element(JsonNode array, String key) {
        var isIndex = !key.isEmpty()
                && key.length() < 10
                && key.chars().allMatch(c -> c >= '0' && c <= '9')
                && (key.equals("0") || key.charAt(0) != '0');
        return isIndex ? array.path(Integer.parseInt(key)) : array.path("");
    }

    private static void hide(JsonNode root, HiddenValue hidden) {
        var keys = Arrays.stream(hidden.at().substring(1).split("/", -1))
                .map(key -> key.replace("~1", "/").replace("~0", "~"))
                .toList();
        var parent = at(root, keys.subList(0, keys.size() - 1));
        var key = keys.getLast();
        if (hidden(parent).isPresent()) {
            return;
        }
        if (child(parent, key).isMissingNode()) {
            throw new NoAnswer("the record hides a value that stands nowhere in it");
        }
        switch (parent) {
            case ObjectNode object -> object.set(key, new POJONode(hidden));
            case ArrayNode array -> array.set(Integer.parseInt(key), new POJONode(hidden));
            default -> throw new NoAnswer("the record hides a value that stands nowhere in it");
        }
    }

    private static JsonNode read(ObjectReader reader, String json) {
        try {
            return reader.readValue(json);
        } catch (JacksonException e) {
            throw new NoAnswer("the arguments of the call cannot be read");
        }
    }
}
