package dev.portcullis.policy;

import java.util.Locale;
import java.util.Optional;

/// A value among the arguments of a call that a record does not hold as it was: a secret, or what was too
/// long or too odd to be kept.
///
/// @param at where it stands: a JSON Pointer, empty for all of the arguments
/// @param kind what it was
/// @param digest what tells equal values, and only with the installation's key: see [ValueDigests]
public record HiddenValue(String at, Kind kind, Optional<String> digest) {
    /// All of the arguments.
    public static final HiddenValue EVERYTHING = new HiddenValue("", Kind.OBJECT, Optional.empty());

    /// The kinds of JSON values that are ever hidden.
    public enum Kind {
        STRING,
        NUMBER,
        ARRAY,
        OBJECT,
        /// Some value, or none, inside of a hidden one.
        UNKNOWN;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What stands inside of this value: nothing in a text or a number, and nobody knows what in the rest.
    public Optional<HiddenValue> inside(String key) {
        return switch (kind) {
            case STRING, NUMBER -> Optional.empty();
            case ARRAY, OBJECT, UNKNOWN -> Optional.of(new HiddenValue(at + "/" + key, Kind.UNKNOWN, Optional.empty()));
        };
    }
}
