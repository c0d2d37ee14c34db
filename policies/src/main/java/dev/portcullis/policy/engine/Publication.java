package dev.portcullis.policy.engine;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;

/// A document that was read, compiled and tried out: ready to be put in force, with nothing left that
/// could fail.
///
/// @param warnings what the reader doubted
public record Publication(
        PolicyDocument document, List<DocumentProblem> warnings, EmbeddedDecisionPoint decisionPoint) {
    public Publication {
        warnings = List.copyOf(warnings);
    }

    /// Reads, compiles and warms up. Changes nothing outside of its result. Slow; call it off the event
    /// loop.
    ///
    /// @throws PublicationException when the document is invalid or the policy does not work with it
    public static Publication prepare(String text, long version, List<Kill> kills, int evaluators)
            throws PublicationException {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Invalid invalid -> throw new PublicationException(version, invalid.errors());
            case ReadResult.Valid valid ->
                new Publication(
                        valid.document(), valid.warnings(), compile(valid.document(), version, kills, evaluators));
        };
    }

    private static EmbeddedDecisionPoint compile(
            PolicyDocument document, long version, List<Kill> kills, int evaluators) throws PublicationException {
        try {
            return EmbeddedDecisionPoint.compile(document, version, kills, evaluators);
        } catch (RuntimeException e) {
            throw new PublicationException(version, e);
        }
    }
}
