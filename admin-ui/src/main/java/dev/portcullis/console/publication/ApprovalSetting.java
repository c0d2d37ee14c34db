package dev.portcullis.console.publication;

import java.time.OffsetDateTime;
import java.util.Optional;

/// Whether a second person has to approve what is published.
///
/// @param revision counts its changes
public record ApprovalSetting(boolean required, long revision, Optional<Changed> changed) {

    public record Changed(String by, OffsetDateTime at) {}

    /// Its entity tag.
    public String tag() {
        return "approval-" + revision;
    }
}
