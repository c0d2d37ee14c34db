package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.ArgumentPointer;
import dev.portcullis.policy.document.ArgumentTest;
import dev.portcullis.policy.document.Scalar;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All tests of arguments in a document, grouped by where they look.
///
/// A rule's `match` is read so that it rather holds: a list holds when one of its entries does, a number
/// or a flag is also searched as the text JSON writes it as, and `null` counts as absent. An `except` is
/// read so that it rather does not. Immutable; used by many threads.
final class ArgumentTests {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final List<At> places;

    private ArgumentTests(List<At> places) {
        this.places = List.copyOf(places);
    }

    /// The tests that look at one place; those for values by the value, so that a thousand rules about one
    /// argument cost one look.
    private record At(
            List<String> keys,
            Map<Scalar, List<String>> matching,
            Map<Scalar, List<String>> excepting,
            List<Named<ArgumentTest.Matches>> expressions,
            List<Named<ArgumentTest.Absent>> absences) {}

    private record Named<T>(String name, T test, boolean exact) {}

    static Builder builder() {
        return new Builder();
    }

    boolean any() {
        return !places.isEmpty();
    }

    /// The names of the tests that hold.
    ///
    /// @throws NoAnswer when the arguments are not JSON without repeated keys
    List<String> holding(String argumentsJson) {
        try {
            var root = JSON.<JsonNode>readValue(argumentsJson);
            return places.stream()
                    .flatMap(place -> holding(place, root))
                    .distinct()
                    .toList();
        } catch (JacksonException e) {
            throw new NoAnswer("the arguments of the call cannot be read");
        }
    }

    private static Stream<String> holding(At place, JsonNode root) {
        var value = at(root, place.keys());
        var entries = entries(value);
        var matching = entries.stream().flatMap(entry -> named(place.matching(), entry));
        var excepting = named(place.excepting(), value);
        var found = place.expressions().stream()
                .filter(named ->
                        named.exact() ? isFound(named, value) : entries.stream().anyMatch(e -> isFound(named, e)))
                .map(Named::name);
        var absent = place.absences().stream()
                .filter(named -> value.isMissingNode() || (!named.exact() && value.isNull()))
                .map(Named::name);
        return Stream.of(matching, excepting, found, absent).flatMap(names -> names);
    }

    private static boolean isFound(Named<ArgumentTest.Matches> named, JsonNode value) {
        var text = value.isString() || (!named.exact() && (value.isNumber() || value.isBoolean()));
        return text && named.test().expression().matcher(value.asString()).find();
    }

    /// A value, or the values in a list, and in lists of lists.
    private static List<JsonNode> entries(JsonNode value) {
        return value.isArray()
                ? value.valueStream().flatMap(entry -> entries(entry).stream()).toList()
                : List.of(value);
    }

    private static JsonNode at(JsonNode root, List<String> keys) {
        var value = root;
        for (var key : keys) {
            value = value.isArray() ? element(value, key) : value.path(key);
        }
        return value;
    }

    private static JsonNode element(JsonNode array, String key) {
        var isIndex = !key.isEmpty()
                && key.length() < 10
                && key.chars().allMatch(c -> c >= '0' && c <= '9')
                && (key.equals("0") || key.charAt(0) != '0');
        return isIndex ? array.path(Integer.parseInt(key)) : array.path("");
    }

    private static Stream<String> named(Map<Scalar, List<String>> byValue, JsonNode value) {
        return scalar(value).stream().flatMap(scalar -> byValue.getOrDefault(scalar, List.of()).stream());
    }

    private static Optional<Scalar> scalar(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> Optional.of(new Scalar.Text(value.stringValue()));
            case NUMBER -> Optional.of(new Scalar.Numeric(value.decimalValue()));
            case BOOLEAN -> Optional.of(new Scalar.Flag(value.booleanValue()));
            case NULL -> Optional.of(new Scalar.Null());
            case ARRAY, OBJECT, MISSING, BINARY, POJO -> Optional.empty();
        };
    }

    /// Gathers the tests of all rules.
    static final class Builder {
        private final Map<ArgumentPointer, At> places = new LinkedHashMap<>();

        Builder matching(Map<ArgumentPointer, ArgumentTest> tests) {
            tests.forEach((pointer, test) -> add(pointer, test, false));
            return this;
        }

        Builder excepting(Map<ArgumentPointer, ArgumentTest> tests) {
            tests.forEach((pointer, test) -> add(pointer, test, true));
            return this;
        }

        ArgumentTests build() {
            return new ArgumentTests(List.copyOf(places.values()));
        }

        private void add(ArgumentPointer pointer, ArgumentTest test, boolean exact) {
            var place = places.computeIfAbsent(
                    pointer,
                    at -> new At(at.keys(), new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>()));
            var name = ResolvedConditions.nameOf(pointer, test, exact);
            switch (test) {
                case ArgumentTest.OneOf(var accepted) -> {
                    var byValue = exact ? place.excepting() : place.matching();
                    accepted.forEach(value -> byValue.computeIfAbsent(value, any -> new ArrayList<>())
                            .add(name));
                }
                case ArgumentTest.Matches matches -> place.expressions().add(new Named<>(name, matches, exact));
                case ArgumentTest.Absent absent -> place.absences().add(new Named<>(name, absent, exact));
            }
        }
    }
}
