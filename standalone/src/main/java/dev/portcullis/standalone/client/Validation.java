package dev.portcullis.standalone.client;

import dev.portcullis.policy.document.DocumentProblem;

import java.util.List;

/// What a console says of a document.
///
/// @param valid whether it could be published
/// @param problems warnings when it is valid, otherwise every error
public record Validation(boolean valid, List<DocumentProblem> problems) {
    public Validation {
        problems = List.copyOf(problems);
    }
}
