package dev.portcullis.policy.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The problems found while a document is read, at most as many as a person would read.
final class Problems {
    private static final int MOST = 200;

    private final List<DocumentProblem> found = new ArrayList<>();

    void add(DocumentProblem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        }
    }

    boolean any() {
        return !found.isEmpty();
    }

    /// By line, so that they read like the document.
    List<DocumentProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(DocumentProblem::line))
                .toList();
    }
}
