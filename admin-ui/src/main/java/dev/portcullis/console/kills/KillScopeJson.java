package dev.portcullis.console.kills;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.List;

/// A scope as JSON, in the database and in the REST API: `{"organization": true}` or lists under the
/// keys of [KillScope#KEYS].
public final class KillScopeJson {
    private static final String ORGANIZATION = "organization";
    private static final JsonMapper JSON = JsonMapper.shared();

    private KillScopeJson() {}

    public static JsonNode write(KillScope scope) {
        return scope.isOrganization()
                ? JSON.createObjectNode().put(ORGANIZATION, true)
                : JSON.valueToTree(scope.lists());
    }

    /// @throws IllegalArgumentException when it is no scope, or one that proxies would not obey
    public static KillScope read(JsonNode json) {
        if (!json.isObject() || json.isEmpty()) {
            throw new IllegalArgumentException(
                    "scope: " + json + " (expected: {\"organization\": true}, or lists under " + KillScope.KEYS + ")");
        }
        if (json.has(ORGANIZATION)) {
            return organization(json);
        }
        var lists = new LinkedHashMap<String, List<String>>();
        json.properties().forEach(entry -> lists.put(entry.getKey(), names(entry.getKey(), entry.getValue())));
        return new KillScope(lists);
    }

    public static KillScope read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("scope: " + json, e);
        }
    }

    private static KillScope organization(JsonNode json) {
        if (json.size() != 1
                || !json.get(ORGANIZATION).isBoolean()
                || !json.get(ORGANIZATION).asBoolean()) {
            throw new IllegalArgumentException("scope: " + json + " (expected: {\"organization\": true} alone)");
        }
        return KillScope.organization();
    }

    private static List<String> names(String key, JsonNode value) {
        if (!value.isArray() || value.valueStream().anyMatch(name -> !name.isString())) {
            throw new IllegalArgumentException("scope." + key + ": " + value + " (expected: a list of names)");
        }
        return value.valueStream().map(JsonNode::stringValue).toList();
    }
}
