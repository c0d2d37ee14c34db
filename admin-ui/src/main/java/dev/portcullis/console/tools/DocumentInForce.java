package dev.portcullis.console.tools;

import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The policy document in force. Each version's text is read once: a large one takes longer than a screen has.
@Component
class DocumentInForce {
    private final PolicyQuery policy;
    private final AtomicReference<Version> newest = new AtomicReference<>(new Version("none", Optional.empty()));

    DocumentInForce(PolicyQuery policy) {
        this.policy = policy;
    }

    /// @param tag the entity tag of the version
    /// @param document empty when it is not a valid one
    record Version(String tag, Optional<PolicyDocument> document) {}

    /// The version in force; empty when nothing has been published.
    Optional<Version> version() {
        return policy.published().map(published -> {
            var known = newest.get();
            if (known.tag().equals(published.tag())) {
                return known;
            }
            var read = new Version(published.tag(), read(published.document()));
            newest.set(read);
            return read;
        });
    }

    Optional<PolicyDocument> document() {
        return version().flatMap(Version::document);
    }

    private static Optional<PolicyDocument> read(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> Optional.of(valid.document());
            case ReadResult.Invalid _ -> Optional.empty();
        };
    }
}
