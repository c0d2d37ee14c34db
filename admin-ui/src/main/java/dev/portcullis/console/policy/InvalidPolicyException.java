package dev.portcullis.console.policy;

import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;
import java.util.stream.Collectors;

/// A policy document that cannot be used, with everything that is wrong with it.
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readable;
    private final transient List<DocumentProblem> errors;

    public InvalidPolicyException(ReadResult.Invalid invalid) {
        super(invalid.errors().stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        this.readable = invalid.readable();
        this.errors = invalid.errors();
    }

    /// Whether it was well-formed YAML or JSON at all.
    public boolean readable() {
        return readable;
    }

    public List<DocumentProblem> errors() {
        return errors;
    }
}
