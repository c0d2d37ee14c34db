package dev.portcullis.console.policy;

import java.time.OffsetDateTime;
import java.util.Optional;

/// What became of something that was to be published.
public sealed interface Submitted {

    /// It is in force.
    record Published(long version) implements Submitted {}

    /// It waits, as a proposal.
    ///
    /// @param proposal its number
    /// @param forApproval whether a second person has to approve it first
    /// @param at when it is to be published, unless at once
    record Waiting(long proposal, boolean forApproval, Optional<OffsetDateTime> at) implements Submitted {}
}
