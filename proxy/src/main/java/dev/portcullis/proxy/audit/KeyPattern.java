package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.LenientKeys;
import dev.portcullis.policy.PointerPattern;

import java.util.List;
import java.util.Optional;

/// A segment of a pointer that names what is hidden: whatever some server could take for the key it means.
///
/// @param exact empty for the key that has no characters
/// @param lenient for folded keys; empty where only the key itself is meant
record KeyPattern(Optional<Glob> exact, Optional<Glob> lenient) {
    static KeyPattern of(String pattern) {
        return of(Optional.of(new Glob(pattern)));
    }

    static List<KeyPattern> of(PointerPattern pointer) {
        return pointer.segments().stream().map(KeyPattern::of).toList();
    }

    private static KeyPattern of(Optional<Glob> segment) {
        return new KeyPattern(segment, segment.flatMap(LenientKeys::fold));
    }

    boolean names(Key key) {
        return exact.map(glob -> glob.matches(key.exact())).orElse(key.exact().isEmpty())
                || lenient.filter(glob -> glob.matches(key.folded())).isPresent();
    }

    /// Whether it may be an index.
    boolean namesAnIndex() {
        return exact.map(Glob::pattern)
                .filter(pattern -> pattern.chars().allMatch(c -> c == '*' || (c >= '0' && c <= '9')))
                .isPresent();
    }

    /// A key of an object, or an index, to be compared with many patterns.
    record Key(String exact, String folded) {
        Key(String key) {
            this(key, LenientKeys.fold(key));
        }
    }
}
