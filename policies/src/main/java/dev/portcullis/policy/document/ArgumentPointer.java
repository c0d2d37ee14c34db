package dev.portcullis.policy.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a value stands among the arguments of a tool call: a JSON Pointer ([RFC
/// 6901](https://www.rfc-editor.org/rfc/rfc6901)).
///
/// @param pointer as it is written, at most 512 characters; begins with `/`
public record ArgumentPointer(String pointer) {
    private static final Pattern FORM = Pattern.compile("(?:/(?:[^/~\\p{Cntrl}]|~[01])*)+");
    private static final int LONGEST = 512;

    public ArgumentPointer {
        if (!isOne(pointer)) {
            throw new IllegalArgumentException("pointer: %s (expected: a JSON Pointer)".formatted(pointer));
        }
    }

    public static Optional<ArgumentPointer> parse(String text) {
        return isOne(text) ? Optional.of(new ArgumentPointer(text)) : Optional.empty();
    }

    /// The keys on the way, unescaped.
    public List<String> keys() {
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(key -> key.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return pointer;
    }
}
