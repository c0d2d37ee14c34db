package dev.portcullis.sandbox.oauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is remembered by name, at most so many: the one that was not used for longest is forgotten.
/// Not thread-safe.
final class Bounded<V> {

    private final Map<String, V> entries;

    Bounded(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > capacity;
            }
        };
    }

    Optional<V> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    void put(String name, V value) {
        entries.put(name, value);
    }

    Optional<V> remove(String name) {
        return Optional.ofNullable(entries.remove(name));
    }

    void clear() {
        entries.clear();
    }
}
