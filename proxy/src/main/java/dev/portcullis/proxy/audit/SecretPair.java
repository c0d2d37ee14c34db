package dev.portcullis.proxy.audit;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.HashSet;
import java.util.Set;

/// Finds secrets in lists of headers, variables and the like, where a name stands beside its value:
/// `{"name": "X-Api-Key", "value": "…"}`.
final class SecretPair {
    private static final Set<String> NAMES = Set.of("name", "key", "header", "variable", "field");
    private static final Set<String> VALUES = Set.of("value", "values");

    /// How deep the objects are nested whose name is one of a secret.
    private final Set<Integer> secret = new HashSet<>();

    void sees(JsonToken token, JsonParser parser) {
        var depth = parser.streamReadContext().getNestingDepth();
        if (token == JsonToken.START_OBJECT) {
            secret.remove(depth);
        } else if (token == JsonToken.VALUE_STRING) {
            var name = parser.currentName();
            if (name != null && NAMES.contains(name) && SecretNames.matches(parser.getString())) {
                secret.add(depth);
            }
        }
    }

    /// Whether a property of the object that is being read holds the value of a secret.
    boolean hides(String property, JsonParser parser) {
        return VALUES.contains(property)
                && secret.contains(parser.streamReadContext().getNestingDepth());
    }
}
