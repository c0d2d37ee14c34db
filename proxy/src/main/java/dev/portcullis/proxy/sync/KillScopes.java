package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Set;

/// Reads the scope of a kill: `{"organization": true}`, or lists under the keys `routes`, `clients`,
/// `tools`.
///
/// It fails closed. A scope with anything that this version does not know, perhaps written by a newer
/// console, would be too narrow without it or too wide; it is taken as the whole organization.
final class KillScopes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> LISTS = Set.of("routes", "clients", "tools");

    private KillScopes() {}

    static Kill.Scope read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException e) {
            return Kill.Scope.wholeOrganization();
        }
    }

    private static Kill.Scope read(JsonNode scope) {
        var isUnderstood = scope.isObject()
                && !scope.isEmpty()
                && scope.properties().stream()
                        .allMatch(entry -> LISTS.contains(entry.getKey()) && isListOfTexts(entry.getValue()));
        return isUnderstood
                ? new Kill.Scope(false, texts(scope, "routes"), texts(scope, "clients"), texts(scope, "tools"))
                : Kill.Scope.wholeOrganization();
    }

    private static boolean isListOfTexts(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isString);
    }

    private static List<String> texts(JsonNode scope, String key) {
        return scope.path(key).valueStream().map(JsonNode::stringValue).toList();
    }
}
