package dev.portcullis.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Places in JSON: a JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) whose segments may have
/// `*` for any characters, so that a segment `*` is any key and any index. A place is named together with all
/// that stands inside of it.
///
/// @param pattern as it is written, at most 512 characters; begins with `/`
public record PointerPattern(String pattern) {
    private static final Pattern FORM = Pattern.compile("(?:/(?:[^/~\\p{Cntrl}]|~[01])*)+");
    private static final int LONGEST = 512;

    public PointerPattern {
        if (!isOne(pattern)) {
            throw new IllegalArgumentException("pattern: %s (expected: a JSON Pointer)".formatted(pattern));
        }
    }

    public static Optional<PointerPattern> parse(String text) {
        return isOne(text) ? Optional.of(new PointerPattern(text)) : Optional.empty();
    }

    /// The keys on the way; empty for the key that has no characters.
    public List<Optional<Glob>> segments() {
        return Arrays.stream(pattern.substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .map(segment ->
                        Optional.of(segment).filter(key -> !key.isEmpty()).map(Glob::new))
                .toList();
    }

    private static boolean isOne(String text) {
        return text.length() <= LONGEST
                && !text.contains("**")
                && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
