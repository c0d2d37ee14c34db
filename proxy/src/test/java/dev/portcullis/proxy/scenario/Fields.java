package dev.portcullis.proxy.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the maps that a scenario file is made of.
final class Fields {
    private static final Pattern REPEATED = Pattern.compile("\\$\\{(\\d+) (\\w+)}");

    private Fields() {}

    @SuppressWarnings("unchecked")
    static Map<String, ?> map(Object value) {
        return value == null ? Map.of() : (Map<String, ?>) value;
    }

    static String text(Map<String, ?> map, String key, String otherwise) {
        return map.containsKey(key) ? String.valueOf(map.get(key)) : otherwise;
    }

    /// A list as it is, nothing as an empty one, anything else as a list of one.
    static List<?> several(Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> List.of(value);
        };
    }

    /// The one map with the keys of the other in place of its own.
    static Map<String, ?> merged(Map<String, ?> first, Map<String, ?> second) {
        var merged = new LinkedHashMap<String, Object>(first);
        merged.putAll(second);
        return merged;
    }

    /// The same with `${name}` replaced by what was kept under that name, and `${1000 x}` by 1000 times x.
    static Map<String, ?> filledIn(Map<String, ?> map, Map<String, String> kept) {
        var filled = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> filled.put(key, filled(value, kept)));
        return filled;
    }

    private static Object filled(Object value, Map<String, String> kept) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> inner -> filledIn(map(inner), kept);
            case List<?> list -> list.stream().map(one -> filled(one, kept)).toList();
            case String text -> filled(text, kept);
            default -> value;
        };
    }

    private static String filled(String text, Map<String, String> kept) {
        var filled = text;
        for (var entry : kept.entrySet()) {
            filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
        }
        return REPEATED.matcher(filled).replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))));
    }
}
