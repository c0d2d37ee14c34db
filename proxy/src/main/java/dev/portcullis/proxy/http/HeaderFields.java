package dev.portcullis.proxy.http;

import java.util.List;
import java.util.Optional;

/// The header fields of one message, in order. Names compare without case; values are as received.
public record HeaderFields(List<Field> fields) {
    public HeaderFields {
        fields = List.copyOf(fields);
    }

    /// One line of the header. Its value is never printed, since it may be a secret whatever its name.
    public record Field(String name, String value) {
        @Override
        public String toString() {
            return name + ": (" + value.length() + " characters)";
        }
    }

    /// Every value of every field of that name, in order; nothing is split at commas.
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /// The first value of that name.
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }
}
