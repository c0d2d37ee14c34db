package dev.portcullis.policy.engine;

import dev.portcullis.policy.KillScope;
import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Kills under the names that a request must have for them to matter, so that hundreds of them cost one
/// request no more than a few.
///
/// Each kill stands under one kind of name: the first of callers, tools, clients and groups that its scope
/// lists without patterns. All others are looked at for every request.
final class KillIndex {
    private final Map<String, Map<String, List<Integer>>> byName = new TreeMap<>();
    private final List<Integer> rest = new ArrayList<>();

    void add(int number, KillScope scope) {
        if (areNames(scope.callers())) {
            file("callers", scope.callers(), number);
        } else if (areNames(scope.tools())) {
            file("tools", scope.tools(), number);
        } else if (areNames(scope.clients())) {
            file("clients", scope.clients(), number);
        } else if (areNames(scope.groups())) {
            file("groups", scope.groups(), number);
        } else {
            rest.add(number);
        }
    }

    boolean isEmpty() {
        return byName.isEmpty() && rest.isEmpty();
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        byName.forEach((kind, names) -> {
            json.writeObjectPropertyStart(kind);
            names.forEach((name, numbers) -> numbers(json, name, numbers));
            json.writeEndObject();
        });
        if (!rest.isEmpty()) {
            numbers(json, "rest", rest);
        }
        json.writeEndObject();
    }

    private void file(String kind, List<String> names, int number) {
        var index = byName.computeIfAbsent(kind, key -> new TreeMap<>());
        names.stream()
                .distinct()
                .forEach(name ->
                        index.computeIfAbsent(name, key -> new ArrayList<>()).add(number));
    }

    private static boolean areNames(List<String> patterns) {
        return !patterns.isEmpty() && patterns.stream().noneMatch(pattern -> pattern.indexOf('*') >= 0);
    }

    private static void numbers(JsonGenerator json, String key, List<Integer> numbers) {
        json.writeArrayPropertyStart(key);
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }
}
