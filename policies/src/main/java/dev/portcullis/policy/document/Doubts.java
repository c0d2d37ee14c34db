package dev.portcullis.policy.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The warnings found, at most as many as a person would read.
final class Doubts {
    private static final int MOST = 500;

    private final ToIntFunction<String> lines;
    private final List<DocumentProblem> found = new ArrayList<>();

    /// @param lines the line at which a pointer's value stands
    Doubts(ToIntFunction<String> lines) {
        this.lines = lines;
    }

    void warn(String path, String value, String expected) {
        warn(path, value, expected, Optional.empty());
    }

    /// The same, with the nearest of some names; it is looked for as long as there is room.
    void warn(String path, String value, String expected, Collection<String> names) {
        if (found.size() < MOST) {
            warn(path, value, expected, Suggestion.of(value, names));
        }
    }

    void warn(String path, String value, String expected, Optional<String> suggestion) {
        if (found.size() < MOST) {
            found.add(new DocumentProblem(path, lines.applyAsInt(path), Shown.shortened(value), expected, suggestion));
        }
    }

    List<DocumentProblem> found() {
        return List.copyOf(found);
    }
}
