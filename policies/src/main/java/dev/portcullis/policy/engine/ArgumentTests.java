package dev.portcullis.policy.engine;

import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.document.ArgumentPointer;
import dev.portcullis.policy.document.ArgumentTest;
import dev.portcullis.policy.document.Scalar;
import tools.jackson.databind.JsonNode;

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
/// or a flag is also searched as a text, and `null` counts as absent. An `except` is read so that it rather
/// does not. Immutable; used by many threads.
final class ArgumentTests {
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
    /// @throws NoAnswer when the arguments are not JSON without repeated keys, or too long for all expressions
    List<String> holding(String argumentsJson) {
        return holding(ArgumentTree.of(argumentsJson), Unkept.NOTHING);
    }

    /// The names of the tests that hold, as far as a record tells.
    ///
    /// @param doubt what to say of the others
    /// @throws NoAnswer when the record makes no sense
    List<String> holding(KeptArguments kept, CallArguments.Doubt doubt) {
        return holding(ArgumentTree.of(kept), new Unkept(kept.digests(), kept.tests(), doubt));
    }

    private List<String> holding(JsonNode root, Unkept unkept) {
        var search = new ExpressionSearch();
        return places.stream()
                .flatMap(place -> holding(place, root, unkept, search))
                .distinct()
                .toList();
    }

    private static Stream<String> holding(At place, JsonNode root, Unkept unkept, ExpressionSearch search) {
        var value = ArgumentTree.at(root, place.keys());
        var entries = entries(value);
        var matching = entries.stream().flatMap(entry -> named(place.matching(), entry, false, unkept));
        var excepting = named(place.excepting(), value, true, unkept);
        var found = place.expressions().stream()
                .filter(named -> named.exact()
                        ? isFound(named, value, unkept, search)
                        : entries.stream().anyMatch(e -> isFound(named, e, unkept, search)))
                .map(Named::name);
        var absent = place.absences().stream()
                .filter(named -> isAbsent(named, value, unkept))
                .map(Named::name);
        return Stream.of(matching, excepting, found, absent).flatMap(names -> names);
    }

    private static boolean isFound(
            Named<ArgumentTest.Matches> named, JsonNode value, Unkept unkept, ExpressionSearch search) {
        var hidden = ArgumentTree.hidden(value);
        if (hidden.isPresent()) {
            return unkept.isFound(hidden.get(), named.name(), named.exact());
        }
        return search.isFound(named.test().expression(), value, named.exact());
    }

    private static boolean isAbsent(Named<ArgumentTest.Absent> named, JsonNode value, Unkept unkept) {
        var hidden = ArgumentTree.hidden(value);
        if (hidden.isPresent()) {
            return unkept.isAbsent(hidden.get(), named.name(), named.exact());
        }
        return value.isMissingNode() || (!named.exact() && value.isNull());
    }

    /// A value, or the values in a list, and in lists of lists.
    private static List<JsonNode> entries(JsonNode value) {
        return value.isArray()
                ? value.valueStream().flatMap(entry -> entries(entry).stream()).toList()
                : List.of(value);
    }

    private static Stream<String> named(
            Map<Scalar, List<String>> byValue, JsonNode value, boolean exact, Unkept unkept) {
        var hidden = ArgumentTree.hidden(value);
        if (hidden.isPresent()) {
            return byValue.entrySet().stream()
                    .flatMap(accepted -> accepted.getValue().stream()
                            .filter(name -> unkept.isOne(hidden.get(), accepted.getKey(), name, exact)));
        }
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
