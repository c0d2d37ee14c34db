package dev.portcullis.console.policy;

import java.time.OffsetDateTime;

/// A published document, as its author wrote it.
public record PolicyVersion(long version, String document, String comment, String author, OffsetDateTime publishedAt) {

    /// Its entity tag.
    public String tag() {
        return Expectation.versionTag(version);
    }
}
