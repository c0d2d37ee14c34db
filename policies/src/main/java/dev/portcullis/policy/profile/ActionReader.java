package dev.portcullis.policy.profile;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the action identifiers in the arguments of a call, without trusting the arguments in any way.
final class ActionReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<ActionPointer> pointers;
    private final Set<String> identifiers = new LinkedHashSet<>();
    private final Map<String, HiddenValue> hidden;
    private boolean certain = true;
    private boolean isHidden;

    private ActionReader(List<ActionPointer> pointers, Map<String, HiddenValue> hidden) {
        this.pointers = pointers;
        this.hidden = hidden;
    }

    /// Reads all identifiers. Without pointers nothing can be known, so the answer is not certain.
    static Actions read(List<ActionPointer> pointers, String argumentsJson) {
        var reader = new ActionReader(pointers, Map.of());
        reader.scan(argumentsJson);
        return reader.actions();
    }

    /// Reads all identifiers from what a record holds; empty when one of them is hidden.
    static Optional<Actions> read(List<ActionPointer> pointers, KeptArguments arguments) {
        var hidden = new HashMap<String, HiddenValue>();
        arguments.hidden().forEach(value -> hidden.put(value.at(), value));
        if (!pointers.isEmpty() && hidden.containsKey("")) {
            return Optional.empty();
        }
        var reader = new ActionReader(pointers, hidden);
        reader.scan(arguments.json());
        return reader.isHidden ? Optional.empty() : Optional.of(reader.actions());
    }

    private Actions actions() {
        return new Actions(true, List.copyOf(identifiers), certain && !identifiers.isEmpty());
    }

    private void scan(String argumentsJson) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), argumentsJson)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                certain = false;
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = parser.currentName();
                var value = parser.nextToken();
                var isExact =
                        pointers.stream().anyMatch(pointer -> pointer.key().equals(key));
                if (isExact || pointers.stream().anyMatch(pointer -> pointer.resembles(key))) {
                    certain &= isExact;
                    take(key, value, parser.getString());
                    takeEntries(parser);
                }
                parser.skipChildren();
            }
            certain &= parser.nextToken() == null;
        } catch (JacksonException notJson) {
            certain = false;
        }
    }

    /// A list is no identifier; what stands in it may be taken for one all the same.
    private void takeEntries(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (var depth = 1; depth > 0; ) {
                switch (parser.nextToken()) {
                    case VALUE_STRING -> identifiers.add(parser.getString());
                    case START_ARRAY, START_OBJECT -> depth++;
                    case END_ARRAY, END_OBJECT -> depth--;
                    default -> certain = false;
                }
            }
        }
    }

    private void take(String key, JsonToken kind, String text) {
        var unkept = hidden.get("/" + key.replace("~", "~0").replace("/", "~1"));
        if (unkept != null) {
            isHidden |= unkept.kind() == HiddenValue.Kind.STRING;
            certain = false;
        } else if (kind == JsonToken.VALUE_STRING) {
            identifiers.add(text);
        } else {
            certain = false;
        }
    }
}
