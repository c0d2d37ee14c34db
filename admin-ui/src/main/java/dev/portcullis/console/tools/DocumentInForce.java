package dev.portcullis.console.tools;

import dev.portcullis.console.policy.ReadDocuments;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// The policy document in force.
@Component
class DocumentInForce {
    private final PolicyQuery policy;
    private final ReadDocuments documents;

    DocumentInForce(PolicyQuery policy, ReadDocuments documents) {
        this.policy = policy;
        this.documents = documents;
    }

    /// @param tag the entity tag of the version
    /// @param document empty when it is not a valid one
    record Version(String tag, Optional<PolicyDocument> document) {}

    /// The version in force; empty when nothing has been published.
    Optional<Version> version() {
        return policy.published().map(published -> new Version(published.tag(), read(published.document())));
    }

    Optional<PolicyDocument> document() {
        return version().flatMap(Version::document);
    }

    private Optional<PolicyDocument> read(String text) {
        return switch (documents.read(text)) {
            case ReadResult.Valid valid -> Optional.of(valid.document());
            case ReadResult.Invalid _ -> Optional.empty();
        };
    }
}
