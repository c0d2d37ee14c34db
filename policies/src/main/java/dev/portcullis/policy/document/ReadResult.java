package dev.portcullis.policy.document;

import java.util.List;

/// What came of reading a document.
public sealed interface ReadResult {
    /// A valid document. Warnings never block publication.
    record Valid(PolicyDocument document, List<DocumentProblem> warnings) implements ReadResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// A document with errors; all of them, not only the first.
    ///
    /// @param readable whether it was well-formed YAML or JSON at all
    record Invalid(boolean readable, List<DocumentProblem> errors) implements ReadResult {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
