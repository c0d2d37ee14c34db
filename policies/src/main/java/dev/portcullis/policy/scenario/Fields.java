package dev.portcullis.policy.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One mapping of a scenario file, whose keys are all known and have values of the expected kind.
///
/// @param place where it stands, for messages
record Fields(String place, Map<?, ?> values) {

    /// @throws ScenarioException when it is no mapping, or has another key
    static Fields of(String place, Optional<Object> value, Set<String> known) {
        if (!(value.orElse(null) instanceof Map<?, ?> map)) {
            throw new ScenarioException(place + ": (expected: a mapping)");
        }
        map.keySet().stream()
                .filter(key -> !known.contains(String.valueOf(key)))
                .findFirst()
                .ifPresent(key -> {
                    throw new ScenarioException(place + ": unknown key " + key + " (expected: one of "
                            + String.join(", ", known.stream().sorted().toList()) + ")");
                });
        return new Fields(place, map);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Object> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// A mapping whose keys are names.
    Map<?, ?> names(String key) {
        return switch (value(key).orElse(Map.of())) {
            case Map<?, ?> map -> map;
            default -> throw wrong(key, "a mapping");
        };
    }

    Optional<String> text(String key) {
        return value(key).map(found -> {
            if (found instanceof Map || found instanceof List) {
                throw wrong(key, "a text");
            }
            return String.valueOf(found);
        });
    }

    String required(String key) {
        return text(key).orElseThrow(() -> wrong(key, "a text"));
    }

    Optional<List<String>> texts(String key) {
        return value(key).map(found -> {
            if (!(found instanceof List<?> list)) {
                throw wrong(key, "a list");
            }
            return list.stream().map(String::valueOf).toList();
        });
    }

    List<?> list(String key) {
        return value(key).filter(List.class::isInstance).map(List.class::cast).orElseThrow(() -> wrong(key, "a list"));
    }

    ScenarioException wrong(String key, String expected) {
        return new ScenarioException(place + "." + key + ": (expected: " + expected + ")");
    }
}
