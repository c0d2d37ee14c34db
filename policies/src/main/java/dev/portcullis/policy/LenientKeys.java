package dev.portcullis.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Keys of JSON objects as the most lenient server takes them: in any case, and with any separators or none,
/// as programs in Go and readers of Protocol Buffers do.
public final class LenientKeys {
    private LenientKeys() {}

    /// What is equal for all keys that some server takes for the same one; empty when a key has neither letters
    /// nor digits, and is only itself.
    ///
    /// U+017F is an s to the most lenient reader, U+212A a k.
    public static String fold(String key) {
        var letters = new StringBuilder(key.length());
        key.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// A pattern for folded keys that matches those of all keys that `keys` matches; empty when it has neither
    /// letters nor digits, and names nothing but itself.
    public static Optional<Glob> fold(Glob keys) {
        return fold(keys.pattern()).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Glob(keys.literals().stream().map(LenientKeys::fold).collect(Collectors.joining("*"))));
    }
}
