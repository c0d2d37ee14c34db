package dev.portcullis.policy;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Kills as JSON, wherever they are written: in requests, in the database, in files.
///
/// The scope is `{"organization": true}`, or lists under [KillScope#KEYS]; `exempt` is
/// `{"groups": [...]}`.
public final class KillJson {
    private static final String ORGANIZATION = "organization";
    private static final String GROUPS = "groups";
    private static final Set<String> ORDER_KEYS = Set.of("scope", "exempt", "reason", "message", "until");
    private static final JsonMapper JSON = JsonMapper.shared();

    private KillJson() {}

    /// Reads what somebody orders.
    ///
    /// @throws IllegalArgumentException that says what is wrong, when anything is
    public static KillOrder order(JsonNode json) {
        expect(json.isObject(), "", json, "an object with scope and reason");
        json.propertyNames().stream()
                .filter(key -> !ORDER_KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> expect(false, key, json.get(key), "scope, exempt, reason, message, until only"));
        return new KillOrder(
                scope(json.path("scope")),
                json.has("exempt") ? exempt(json.get("exempt")) : List.of(),
                text(json, "reason").orElseThrow(() -> new IllegalArgumentException("reason: (expected: why)")),
                text(json, "message"),
                text(json, "until").map(KillJson::time));
    }

    /// Reads a scope that somebody asks for.
    ///
    /// @throws IllegalArgumentException when it is none, or one that would not be obeyed
    public static KillScope scope(JsonNode json) {
        expect(
                json.isObject() && !json.isEmpty(),
                "scope",
                json,
                "{\"organization\": true}, or lists under " + KillScope.KEYS);
        if (json.has(ORGANIZATION)) {
            expect(
                    json.size() == 1
                            && json.get(ORGANIZATION).isBoolean()
                            && json.get(ORGANIZATION).asBoolean(),
                    "scope",
                    json,
                    "{\"organization\": true} alone");
            return KillScope.wholeOrganization();
        }
        var lists = new HashMap<String, List<String>>();
        json.properties().forEach(entry -> {
            expect(
                    KillScope.KEYS.contains(entry.getKey()),
                    "scope." + entry.getKey(),
                    entry.getValue(),
                    "organization, or some of " + KillScope.KEYS);
            lists.put(entry.getKey(), names("scope." + entry.getKey(), entry.getValue()));
        });
        return KillScope.of(lists);
    }

    /// Reads a scope that was stored, perhaps by a newer version.
    ///
    /// It fails closed: with anything that this version does not know it would be too narrow or too wide, and
    /// is taken as the whole organization.
    public static KillScope storedScope(String json) {
        try {
            return scope(JSON.readTree(json));
        } catch (JacksonException | IllegalArgumentException e) {
            return KillScope.wholeOrganization();
        }
    }

    /// Reads whom a stored kill exempts: nobody, unless that is understood.
    public static List<String> storedExempt(String json) {
        try {
            return exempt(JSON.readTree(json));
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of();
        }
    }

    public static ObjectNode write(KillScope scope) {
        return scope.isOrganization() ? JSON.createObjectNode().put(ORGANIZATION, true) : lists(scope.lists());
    }

    /// Whom a kill exempts; an empty object for nobody.
    public static ObjectNode writeExempt(List<String> groups) {
        return groups.isEmpty() ? JSON.createObjectNode() : lists(Map.of(GROUPS, groups));
    }

    private static ObjectNode lists(Map<String, List<String>> lists) {
        var json = JSON.createObjectNode();
        lists.forEach((key, names) -> names.forEach(json.withArray(key)::add));
        return json;
    }

    private static List<String> exempt(JsonNode json) {
        expect(json.isObject() && json.size() == 1 && json.has(GROUPS), "exempt", json, "{\"groups\": [...]}");
        return names("exempt." + GROUPS, json.get(GROUPS));
    }

    private static List<String> names(String path, JsonNode value) {
        var areNames = value.isArray()
                && !value.isEmpty()
                && value.valueStream()
                        .allMatch(name -> name.isString() && !name.stringValue().isEmpty());
        expect(areNames, path, value, "a list of at least one name");
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Optional<String> text(JsonNode json, String key) {
        var value = json.path(key);
        expect(value.isMissingNode() || value.isNull() || value.isString(), key, value, "a text");
        return value.stringValueOpt();
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "until: " + text + " (expected: a time with its zone, such as 2026-11-30T18:00:00Z)", e);
        }
    }

    private static void expect(boolean isMet, String path, JsonNode value, String expected) {
        if (!isMet) {
            throw new IllegalArgumentException(
                    (path.isEmpty() ? "" : path + ": ") + shown(value) + "(expected: " + expected + ")");
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "" : value + " ";
    }
}
