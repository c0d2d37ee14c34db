package dev.portcullis.policy.profile;

import java.util.Locale;

/// Where a tool's arguments name the action it executes: the pointer `/<key>` into the `arguments`
/// object.
public record ActionPointer(String key) {
    public ActionPointer {
        if (key.isEmpty() || key.indexOf('/') >= 0 || key.indexOf('~') >= 0) {
            throw new IllegalArgumentException("key: %s (expected: one plain key)".formatted(key));
        }
    }

    /// Reads `/key`, the only form there is: no known server nests the identifier.
    public static ActionPointer parse(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException(
                    "action: %s (expected: a pointer such as /identifier)".formatted(pointer));
        }
        return new ActionPointer(pointer.substring(1));
    }

    /// Whether another key could be taken for this one by a lenient server: the same letters and digits
    /// in another case, or with other separators.
    boolean resembles(String other) {
        return folded(key).equals(folded(other));
    }

    private static String folded(String key) {
        var letters = new StringBuilder(key.length());
        key.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
