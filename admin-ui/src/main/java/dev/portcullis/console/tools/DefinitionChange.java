package dev.portcullis.console.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// What differs between two definitions of a tool, for people: texts line by line, everything else by JSON
/// Pointer.
///
/// @param from the definition before
/// @param to the definition after
/// @param parts the top-level keys that differ, by name; empty when one of the two is not kept
/// @param note why there are no parts
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DefinitionChange(String from, String to, List<Part> parts, Optional<String> note) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_PLACES = 200;
    private static final int LONGEST_VALUE = 1_000;

    public DefinitionChange {
        parts = List.copyOf(parts);
    }

    /// One top-level key that differs.
    ///
    /// @param part its name, such as `description` or `inputSchema`
    /// @param lines for a text: what goes and what comes, as a line diff; empty for everything else
    /// @param places for everything else: what differs inside; empty for a text
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Part(String part, List<String> lines, List<Place> places) {
        public Part {
            lines = List.copyOf(lines);
            places = List.copyOf(places);
        }
    }

    /// What happened at one place.
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED;

        @com.fasterxml.jackson.annotation.JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param pointer a JSON Pointer into the part
    /// @param before the value as JSON, shortened; absent for what was added
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Place(String pointer, Kind kind, Optional<String> before, Optional<String> after) {}

    /// @param before the canonical text of `from`; absent when it is not kept
    /// @param after the canonical text of `to`
    public static DefinitionChange between(String from, Optional<String> before, String to, Optional<String> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return new DefinitionChange(
                    from,
                    to,
                    List.of(),
                    Optional.of("One of the definitions is not kept: it is too long, or too many came after it."));
        }
        try {
            return new DefinitionChange(
                    from, to, parts(JSON.readTree(before.get()), JSON.readTree(after.get())), Optional.empty());
        } catch (JacksonException e) {
            return new DefinitionChange(
                    from, to, List.of(), Optional.of("One of the definitions nests too deeply to be compared."));
        }
    }

    private static List<Part> parts(JsonNode before, JsonNode after) {
        var names = new TreeSet<String>(before.propertyNames());
        names.addAll(after.propertyNames());
        var parts = new ArrayList<Part>();
        for (var name : names) {
            var old = before.path(name);
            var fresh = after.path(name);
            if (!old.equals(fresh)) {
                parts.add(part(name, old, fresh));
            }
        }
        return parts;
    }

    private static Part part(String name, JsonNode old, JsonNode fresh) {
        if (isText(old) && isText(fresh)) {
            return new Part(name, LineDiff.between(old.asString(""), fresh.asString("")), List.of());
        }
        var places = new ArrayList<Place>();
        compare("", old, fresh, places);
        return new Part(name, List.of(), places);
    }

    private static boolean isText(JsonNode node) {
        return node.isString() || node.isMissingNode();
    }

    private static void compare(String pointer, JsonNode old, JsonNode fresh, List<Place> places) {
        if (places.size() >= MOST_PLACES || old.equals(fresh)) {
            return;
        }
        if (old.isObject() && fresh.isObject()) {
            var names = new TreeSet<String>(old.propertyNames());
            names.addAll(fresh.propertyNames());
            names.forEach(name -> compare(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    old.path(name),
                    fresh.path(name),
                    places));
        } else if (old.isArray() && fresh.isArray()) {
            for (int at = 0; at < Math.max(old.size(), fresh.size()); at++) {
                compare(pointer + "/" + at, old.path(at), fresh.path(at), places);
            }
        } else {
            places.add(new Place(pointer, kind(old, fresh), shown(old), shown(fresh)));
        }
    }

    private static Kind kind(JsonNode old, JsonNode fresh) {
        return old.isMissingNode() ? Kind.ADDED : fresh.isMissingNode() ? Kind.REMOVED : Kind.CHANGED;
    }

    private static Optional<String> shown(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        var text = node.toString();
        return Optional.of(text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…");
    }
}
