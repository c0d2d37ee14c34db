package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Rule;
import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The numbers of the rules that one kind of question on one route is put to, so that a decision looks
/// only at rules that can match.
///
/// A rule stands under one of its keys whose entries are all exact names: of several, under the one whose
/// entries the fewest rules of the document name, since that leaves fewest rules to look at. A request
/// that has none of the entries cannot match the rule. Rules without such a key are looked at every time.
final class RuleIndex {
    /// Where several are as good, from the one that leaves fewest requests to the one that leaves most.
    private static final List<Condition.Key> KEYS = List.of(
            Condition.Key.ACTIONS,
            Condition.Key.TOOLS,
            Condition.Key.PROMPTS,
            Condition.Key.CALLERS,
            Condition.Key.GROUPS,
            Condition.Key.METHODS);

    private final Commonness commonness;
    private final Map<Condition.Key, Map<String, List<Integer>>> byKey = new LinkedHashMap<>();
    private final List<Integer> rest = new ArrayList<>();

    RuleIndex(Commonness commonness) {
        this.commonness = commonness;
    }

    /// How many rules of a document name each entry of each key.
    static final class Commonness {
        private final Map<Condition.Key, Map<String, Integer>> counts = new EnumMap<>(Condition.Key.class);

        Commonness(List<Rule> rules) {
            for (var key : KEYS) {
                var ofKey = counts.computeIfAbsent(key, any -> new HashMap<>());
                rules.forEach(rule -> entries(rule, key).forEach(entry -> ofKey.merge(entry, 1, Integer::sum)));
            }
        }

        /// How many rules stand at most under the entries of a rule's key.
        private int of(Rule rule, Condition.Key key) {
            var ofKey = counts.getOrDefault(key, Map.of());
            return entries(rule, key).stream()
                    .mapToInt(entry -> ofKey.getOrDefault(entry, 0))
                    .max()
                    .orElse(0);
        }
    }

    void add(int number, Rule rule) {
        KEYS.stream()
                .filter(key -> isExact(rule.match(), key))
                .min(Comparator.comparingInt(key -> commonness.of(rule, key)))
                .ifPresentOrElse(
                        key -> entries(rule, key)
                                .forEach(entry -> byKey.computeIfAbsent(key, any -> new LinkedHashMap<>())
                                        .computeIfAbsent(entry, any -> new ArrayList<>())
                                        .add(number)),
                        () -> rest.add(number));
    }

    private static List<String> entries(Rule rule, Condition.Key key) {
        return rule.match().entries(key).orElse(List.of()).stream().distinct().toList();
    }

    void write(JsonGenerator json, String name) {
        json.writeObjectPropertyStart(name);
        byKey.forEach((key, numbers) -> {
            json.writeObjectPropertyStart(key.wireName());
            numbers.forEach((entry, some) -> write(json, entry, some));
            json.writeEndObject();
        });
        write(json, "rest", rest);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<Integer> numbers) {
        json.writeArrayPropertyStart(name);
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }

    private static boolean isExact(Condition condition, Condition.Key key) {
        return globs(condition, key)
                .filter(globs -> globs.stream().allMatch(Glob::isExact))
                .isPresent();
    }

    private static Optional<List<Glob>> globs(Condition condition, Condition.Key key) {
        return switch (key) {
            case ACTIONS -> condition.actions();
            case TOOLS -> condition.tools();
            case PROMPTS -> condition.prompts();
            case CALLERS -> condition.callers();
            case GROUPS -> condition.groups();
            case METHODS -> condition.methods();
            case ROUTES, CLIENTS, NETWORKS, CLASSES, URIS, ARGUMENTS, TIME -> Optional.empty();
        };
    }
}
