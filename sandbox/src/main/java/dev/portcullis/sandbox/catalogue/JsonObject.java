package dev.portcullis.sandbox.catalogue;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// An immutable JSON object that keeps the order of its keys; a key with the value `null` counts as
/// absent.
///
/// Port's catalogue has no fixed shape, so its documents stay JSON; what the sandbox itself decides on
/// is read with the typed accessors here.
public record JsonObject(Map<String, Object> fields) {

    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
        fields = copyOf(fields);
    }

    public static JsonObject of(String key, Object value) {
        return EMPTY.with(key, value);
    }

    /// The object, or the empty one for what a JSON library hands over as `null`.
    public static JsonObject of(@Nullable Map<String, Object> fields) {
        return fields == null ? EMPTY : new JsonObject(fields);
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    public Optional<Object> value(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    public Optional<String> text(String key) {
        return fields.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    public boolean flag(String key, boolean otherwise) {
        return fields.get(key) instanceof Boolean flag ? flag : otherwise;
    }

    public int number(String key, int otherwise) {
        return fields.get(key) instanceof Number number ? number.intValue() : otherwise;
    }

    /// The nested object, empty when there is none.
    public JsonObject object(String key) {
        return fields.get(key) instanceof Map<?, ?> map ? fromAny(map) : EMPTY;
    }

    /// The objects of a nested array; other elements are left out.
    public List<JsonObject> objects(String key) {
        return elements(key).stream()
                .filter(Map.class::isInstance)
                .map(element -> fromAny((Map<?, ?>) element))
                .toList();
    }

    /// The strings of a nested array, or the one string that stands in its place.
    public List<String> texts(String key) {
        return fields.get(key) instanceof String text
                ? List.of(text)
                : elements(key).stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
    }

    public JsonObject with(String key, Object value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(key, value instanceof JsonObject object ? object.fields() : value);
        return new JsonObject(changed);
    }

    public JsonObject without(String key) {
        var changed = new LinkedHashMap<>(fields);
        changed.remove(key);
        return new JsonObject(changed);
    }

    /// This object with the other's fields laid over it; nested objects are merged in the same way,
    /// arrays replaced.
    public JsonObject mergedWith(JsonObject other) {
        var merged = new LinkedHashMap<>(fields);
        other.fields.forEach((key, value) -> merged.merge(
                key,
                value,
                (before, after) -> before instanceof Map<?, ?> left && after instanceof Map<?, ?> right
                        ? fromAny(left).mergedWith(fromAny(right)).fields()
                        : after));
        return new JsonObject(merged);
    }

    private List<?> elements(String key) {
        return fields.get(key) instanceof List<?> list ? list : List.of();
    }

    private static JsonObject fromAny(Map<?, ?> map) {
        return new JsonObject(copyOf(map));
    }

    private static Map<String, Object> copyOf(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), immutable(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object immutable(Object value) {
        return switch (value) {
            case JsonObject object -> object.fields();
            case Map<?, ?> map -> copyOf(map);
            case List<?> list ->
                list.stream()
                        .filter(Objects::nonNull)
                        .map(JsonObject::immutable)
                        .toList();
            default -> value;
        };
    }
}
