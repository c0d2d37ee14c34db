package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads `match` and `except`.
final class ConditionReader {
    private static final List<String> KEYS =
            Arrays.stream(Condition.Key.values()).map(Condition.Key::wireName).toList();

    private ConditionReader() {}

    static Condition condition(Place place) {
        return place.fields("a condition", KEYS)
                .map(fields -> new Condition(
                        globs(fields, "routes", Names.TOOL_GLOB),
                        globs(fields, "groups", Names.ANY_GLOB),
                        globs(fields, "callers", Names.ANY_GLOB),
                        globs(fields, "clients", Names.ANY_GLOB),
                        fields.optional("networks").map(ConditionReader::networks),
                        globs(fields, "methods", Names.TOOL_GLOB),
                        globs(fields, "tools", Names.TOOL_GLOB),
                        fields.optional("classes")
                                .map(list -> list.items("a list of classes", word -> word.oneOf(ToolsReader.CLASSES))),
                        globs(fields, "actions", Names.ANY_GLOB),
                        globs(fields, "prompts", Names.ANY_GLOB),
                        globs(fields, "uris", Names.ANY_GLOB),
                        fields.optional("arguments").map(ArgumentsReader::tests),
                        fields.optional("time").flatMap(TimeReader::window)))
                .orElse(Condition.ALWAYS);
    }

    static List<Glob> globs(Place place, Names form) {
        return place.items("a list of patterns", item -> item.text(form).map(Glob::new));
    }

    static List<Network> networks(Place place) {
        return place.items("a list of networks in CIDR notation", ConditionReader::network);
    }

    private static Optional<List<Glob>> globs(Place.Fields fields, String key, Names form) {
        return fields.optional(key).map(list -> globs(list, form));
    }

    private static Optional<Network> network(Place place) {
        var expected = "a network in CIDR notation without host bits";
        return place.string(expected).flatMap(text -> {
            var network = Network.parse(text);
            if (network.isEmpty()) {
                place.problem(text, expected, Network.nearest(text).map(Network::toString));
            }
            return network;
        });
    }
}
