package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Rule;
import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The numbers of the rules that one kind of question on one route is put to, so that a decision looks
/// only at rules that can match.
///
/// A rule stands under one of its keys: the first in [#KEYS] whose entries are all exact names. A request
/// that has none of them cannot match the rule. Rules without such a key are looked at every time.
final class RuleIndex {
    /// From the one that leaves fewest requests to the one that leaves most.
    private static final List<Condition.Key> KEYS = List.of(
            Condition.Key.ACTIONS,
            Condition.Key.TOOLS,
            Condition.Key.PROMPTS,
            Condition.Key.CALLERS,
            Condition.Key.GROUPS,
            Condition.Key.METHODS);

    private final Map<Condition.Key, Map<String, List<Integer>>> byKey = new LinkedHashMap<>();
    private final List<Integer> rest = new ArrayList<>();

    void add(int number, Rule rule) {
        var key = KEYS.stream().filter(one -> isExact(rule.match(), one)).findFirst();
        key.ifPresentOrElse(
                one -> rule.match().entries(one).orElse(List.of()).stream()
                        .distinct()
                        .forEach(entry -> byKey.computeIfAbsent(one, any -> new LinkedHashMap<>())
                                .computeIfAbsent(entry, any -> new ArrayList<>())
                                .add(number)),
                () -> rest.add(number));
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
