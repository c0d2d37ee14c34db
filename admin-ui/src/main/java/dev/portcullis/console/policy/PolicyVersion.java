package dev.portcullis.console.policy;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A published document, as its author wrote it.
///
/// @param source what it is called where the document has its home, for instance a commit
public record PolicyVersion(
        long version,
        String document,
        String comment,
        String author,
        OffsetDateTime publishedAt,
        Optional<String> source) {

    /// Its entity tag.
    public String tag() {
        return Expectation.versionTag(version);
    }
}
