package dev.portcullis.policy.profile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the action identifiers in the arguments of a call, without trusting the arguments in any way.
final class ActionReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<ActionPointer> pointers;
    private final Set<String> identifiers = new LinkedHashSet<>();
    private boolean certain = true;

    private ActionReader(List<ActionPointer> pointers) {
        this.pointers = pointers;
    }

    /// Reads all identifiers. Without pointers nothing can be known, so the answer is not certain.
    static Actions read(List<ActionPointer> pointers, String argumentsJson) {
        var reader = new ActionReader(pointers);
        reader.scan(argumentsJson);
        return new Actions(true, List.copyOf(reader.identifiers), reader.certain && !reader.identifiers.isEmpty());
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
                if (pointers.stream().anyMatch(pointer -> pointer.key().equals(key))) {
                    take(value, parser.getString());
                } else if (pointers.stream().anyMatch(pointer -> pointer.resembles(key))) {
                    certain = false;
                    take(value, parser.getString());
                }
                parser.skipChildren();
            }
            certain &= parser.nextToken() == null;
        } catch (JacksonException notJson) {
            certain = false;
        }
    }

    private void take(JsonToken kind, String text) {
        if (kind == JsonToken.VALUE_STRING) {
            identifiers.add(text);
        } else {
            certain = false;
        }
    }
}
