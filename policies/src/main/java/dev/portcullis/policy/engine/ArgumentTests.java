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
/// or a flag is also searched as a text, `null` counts as absent, and a key that only looks like the right one
/// counts as it. An `except` is read so that it rather does not. Immutable; used by many threads.
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
        var lookAlikes = new LookAlikeKeys(root);
        return places.stream()
                .flatMap(place -> holding(place, root, lookAlikes.at(place.keys()), unkept, search))
                .distinct()
                .toList();
    }

    /// @param possible what could be meant by the place
    private static Stream<String> holding(
            At place, JsonNode root, List<JsonNode> possible, Unkept unkept, ExpressionSearch search) {
        var value = ArgumentTree.at(root, place.keys());
        var isCertain = possible.size() <= 1;
        var entries = possible.stream().flatMap(one -> entries(one).stream()).toList();
        var matching = entries.stream().flatMap(entry -> named(place.matching(), entry, false, unkept));
        var excepting = isCertain ? named(place.excepting(), value, true, unkept) : Stream.<String>empty();
        var found = place.expressions().stream()
                .filter(named -> named.exact()
                        ? isCertain && isFound(named, value, unkept, search)
                        : entries.stream().anyMatch(e -> isFound(named, e, unkept, search)))
                .map(Named::name);
        var absent = place.absences().stream()
                .filter(named -> isAbsent(named, value, possible, unkept))
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

    /// Of an exception, only when nothing at all could be meant.
    private static boolean isAbsent(
            Named<ArgumentTest.Absent> named, JsonNode value, List<JsonNode> possible, Unkept unkept) {
        if (named.exact() && value.isMissingNode()) {
            return possible.stream().allMatch(one -> isAbsent(named, one, unkept));
        }
        return isAbsent(named, value, unkept);
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
