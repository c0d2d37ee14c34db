package dev.portcullis.policy.recorded;

import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import dev.portcullis.policy.recorded.RecordedFacts.Subject;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads what [FactsWriter] wrote. Facts with anything in them that is not understood are no facts: a
/// guess could look like an answer.
public final class FactsReader {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FactsReader() {}

    /// @param argumentsJson the arguments that were kept beside the facts
    /// @param digests the key of this installation; digests made with another one say nothing
    /// @return empty when the facts cannot be understood
    public static Optional<RecordedFacts> read(
            String factsJson, Optional<String> argumentsJson, Optional<ValueDigests> digests) {
        try {
            var facts = JSON.readTree(factsJson);
            return Optional.of(new RecordedFacts(
                    oneOf(Subject.class, text(facts.path("subject"))),
                    new Wishes(
                            flag(facts, "readOnly", false),
                            optional(facts, "allowedActions").map(FactsReader::texts)),
                    optional(facts, "definition").map(FactsReader::text).map(FactsReader::definition),
                    optional(facts, "readOnlyHint").map(FactsReader::flag),
                    optional(facts, "uris").map(FactsReader::texts).orElseGet(List::of),
                    optional(facts, "prompt").map(FactsReader::text),
                    optional(facts, "altered").map(FactsReader::texts).orElseGet(List::of).stream()
                            .map(part -> oneOf(Part.class, part))
                            .collect(Collectors.toSet()),
                    argumentsJson.map(json -> arguments(json, optional(facts, "arguments"), digests))));
        } catch (JacksonException | NotUnderstood e) {
            return Optional.empty();
        }
    }

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static KeptArguments arguments(String json, Optional<JsonNode> facts, Optional<ValueDigests> digests) {
        return facts.map(kept -> new KeptArguments(
                        json,
                        list(kept.path("hidden")).stream()
                                .map(FactsReader::hidden)
                                .toList(),
                        optional(kept, "urls").map(FactsReader::urls).orElse(HiddenUrls.NONE),
                        tests(kept.path("tests")),
                        digests.filter(known -> text(kept.path("key")).equals(known.keyName()))))
                .orElseGet(() -> KeptArguments.whole(json));
    }

    private static HiddenValue hidden(JsonNode node) {
        return new HiddenValue(
                text(node.path("at")),
                oneOf(HiddenValue.Kind.class, text(node.path("kind"))),
                optional(node, "digest").map(FactsReader::text));
    }

    private static HiddenUrls urls(JsonNode node) {
        return new HiddenUrls(
                flag(node.path("certain")),
                flag(node.path("kept")),
                flag(node.path("complete")),
                list(node.path("hosts")).stream().map(FactsReader::host).toList());
    }

    private static List<String> host(JsonNode node) {
        var digests = texts(node);
        if (digests.isEmpty()) {
            throw new NotUnderstood();
        }
        return digests;
    }

    private static Map<String, Boolean> tests(JsonNode node) {
        var tests = new HashMap<String, Boolean>();
        node.propertyStream().forEach(test -> tests.put(test.getKey(), flag(test.getValue())));
        return tests;
    }

    private static String definition(String text) {
        if (!ListedTool.isDefinition(text)) {
            throw new NotUnderstood();
        }
        return text;
    }

    private static Optional<JsonNode> optional(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key));
    }

    private static boolean flag(JsonNode node, String key, boolean otherwise) {
        return optional(node, key).map(FactsReader::flag).orElse(otherwise);
    }

    private static boolean flag(JsonNode node) {
        if (!node.isBoolean()) {
            throw new NotUnderstood();
        }
        return node.booleanValue();
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new NotUnderstood();
        }
        return node.stringValue();
    }

    private static List<String> texts(JsonNode node) {
        return list(node).stream().map(FactsReader::text).toList();
    }

    private static List<JsonNode> list(JsonNode node) {
        if (!node.isArray()) {
            throw new NotUnderstood();
        }
        return node.valueStream().toList();
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(NotUnderstood::new);
    }
}
