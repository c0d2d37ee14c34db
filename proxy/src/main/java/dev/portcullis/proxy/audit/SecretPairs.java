package dev.portcullis.proxy.audit;

import dev.portcullis.policy.LenientKeys;
import tools.jackson.core.JsonParser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Secrets in lists of headers, variables and the like, where a name stands beside its value:
/// `{"name": "X-Api-Key", "value": "…"}`, in any order. For that the JSON is read once before it is copied.
final class SecretPairs {
    private static final Set<String> NAMES = Set.of("name", "key", "header", "variable", "field");
    private static final Set<String> VALUES = Set.of("value", "values");
    private static final SecretPairs NONE = new SecretPairs(Set.of());

    /// Where the properties begin that hold the values.
    private final Set<Long> properties;

    /// An object, or a list, that is being read.
    private static final class Open {
        private final List<Long> values = new ArrayList<>(1);
        private boolean secret;
    }

    private SecretPairs(Set<Long> properties) {
        this.properties = properties;
    }

    /// @throws tools.jackson.core.JacksonException when it is no JSON
    static SecretPairs in(String json) {
        var found = new HashSet<Long>();
        try (var parser = ArgumentsJson.parser(json)) {
            var open = new ArrayDeque<Open>();
            while (parser.nextToken() != null) {
                see(parser, open, found);
            }
        }
        return found.isEmpty() ? NONE : new SecretPairs(found);
    }

    private static void see(JsonParser parser, Deque<Open> open, Set<Long> found) {
        switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> open.push(new Open());
            case END_OBJECT, END_ARRAY -> {
                var closed = open.pop();
                if (closed.secret) {
                    found.addAll(closed.values);
                }
            }
            case PROPERTY_NAME -> {
                if (VALUES.contains(LenientKeys.fold(parser.currentName()))) {
                    open.element().values.add(offset(parser));
                }
            }
            case VALUE_STRING -> {
                if (namesSecret(parser)) {
                    open.element().secret = true;
                }
            }
            default -> {
                // neither a name nor a value
            }
        }
    }

    private static boolean namesSecret(JsonParser parser) {
        return parser.streamReadContext().inObject()
                && NAMES.contains(LenientKeys.fold(parser.currentName()))
                && SecretNames.matches(parser.getString());
    }

    /// Whether the property that a parser of the same JSON has come to holds the value of a secret.
    boolean hide(JsonParser parser) {
        return !properties.isEmpty() && properties.contains(offset(parser));
    }

    private static long offset(JsonParser parser) {
        return parser.currentTokenLocation().getCharOffset();
    }
}
