package dev.portcullis.console.policy;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A published document, as its author wrote it.
///
/// @param source what it is called where the document has its home, for instance a commit
/// @param approval who else agreed to it, where a second person had to
/// @param proposal the number under which it waited for that, or for its time
public record PolicyVersion(
        long version,
        String document,
        String comment,
        String author,
        OffsetDateTime publishedAt,
        Optional<String> source,
        Optional<Approval> approval,
        Optional<Long> proposal) {

    /// A second person's word.
    public record Approval(String approver, String comment) {}

    /// Its entity tag.
    public String tag() {
        return Expectation.versionTag(version);
    }
}
