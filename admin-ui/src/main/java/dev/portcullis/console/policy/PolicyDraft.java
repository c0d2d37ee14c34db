package dev.portcullis.console.policy;

import java.time.OffsetDateTime;
import java.util.Optional;

/// The one document under work.
///
/// @param revision counts its writes; 0 when nobody has written a draft yet, and the document is the
///     published one
/// @param edited who wrote it last, and when
public record PolicyDraft(String document, long revision, Optional<Edited> edited) {

    public record Edited(String author, OffsetDateTime updatedAt) {}

    /// Its entity tag.
    public String tag() {
        return Expectation.draftTag(revision);
    }
}
