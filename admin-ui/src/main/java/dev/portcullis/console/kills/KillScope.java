package dev.portcullis.console.kills;

import dev.portcullis.policy.Kill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a kill stops: the whole organization, or what matches every key that is present.
///
/// @param lists lists of names under the keys of [#KEYS]; empty means the whole organization
public record KillScope(Map<String, List<String>> lists) {
    /// What a kill can be narrowed to today. A key that proxies do not obey must not be accepted here.
    public static final List<String> KEYS = List.of("routes", "clients", "tools");

    public KillScope {
        var copy = new LinkedHashMap<String, List<String>>();
        lists.forEach((key, names) -> copy.put(check(key, names), List.copyOf(names)));
        lists = Collections.unmodifiableMap(copy);
    }

    public static KillScope organization() {
        return new KillScope(Map.of());
    }

    public boolean isOrganization() {
        return lists.isEmpty();
    }

    /// The same as the policy takes it.
    public Kill.Scope toScope() {
        return new Kill.Scope(isOrganization(), names("routes"), names("clients"), names("tools"));
    }

    private List<String> names(String key) {
        return lists.getOrDefault(key, List.of());
    }

    /// For people: `everything`, or `routes port-eu, tools run_action`.
    public String describe() {
        return isOrganization()
                ? "everything"
                : lists.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String check(String key, List<String> names) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException("scope." + key + " (expected: organization, or some of " + KEYS + ")");
        }
        if (names.isEmpty() || names.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("scope." + key + ": " + names + " (expected: at least one name)");
        }
        return key;
    }
}
