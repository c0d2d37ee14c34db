package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.DocumentProblem;

import java.util.List;
import java.util.stream.Collectors;

/// Why a document cannot be put in force. The message says all of it, one problem a line.
public final class PublicationException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<DocumentProblem> problems;

    PublicationException(long version, List<DocumentProblem> problems) {
        super(problems.stream()
                .map(DocumentProblem::describe)
                .collect(Collectors.joining("\n  ", "policy version %d is invalid:\n  ".formatted(version), "")));
        this.problems = List.copyOf(problems);
    }

    PublicationException(long version, RuntimeException cause) {
        super("policy version %d cannot be evaluated: %s".formatted(version, cause.getMessage()), cause);
        problems = List.of();
    }

    /// The document's problems; empty when the document is valid and the engine failed.
    public List<DocumentProblem> problems() {
        return problems;
    }
}
