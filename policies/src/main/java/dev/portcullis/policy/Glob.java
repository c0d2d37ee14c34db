package dev.portcullis.policy;

import java.util.Arrays;
import java.util.List;

/// A pattern for names, in which `*` stands for any number of characters and everything else for
/// itself. Case matters.
public record Glob(String pattern) {
    public Glob {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern: \"\" (expected: at least one character)");
        }
    }

    /// Whether the pattern names exactly one name.
    public boolean isExact() {
        return pattern.indexOf('*') < 0;
    }

    /// The literal texts between the stars, in order; the first and the last may be empty.
    public List<String> literals() {
        return Arrays.asList(pattern.split("\\*", -1));
    }

    public boolean matches(String name) {
        if (isExact()) {
            return pattern.equals(name);
        }
        var literals = literals();
        var first = literals.getFirst();
        var last = literals.getLast();
        if (name.length() < first.length() + last.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        var position = first.length();
        var end = name.length() - last.length();
        for (var literal : literals.subList(1, literals.size() - 1)) {
            var found = name.indexOf(literal, position);
            if (found < 0 || found + literal.length() > end) {
                return false;
            }
            position = found + literal.length();
        }
        return true;
    }

    /// Whether everything the other pattern can name is named by this one too. Never a wrong yes; may
    /// be a wrong no.
    public boolean covers(Glob other) {
        return pattern.equals("*") || equals(other) || (other.isExact() && matches(other.pattern()));
    }
}
