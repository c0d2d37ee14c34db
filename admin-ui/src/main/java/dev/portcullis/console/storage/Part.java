package dev.portcullis.console.storage;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A part of the audit trail.
///
/// @param starts the first moment it is for, absent for the part that has what no other one is for
/// @param ends the first moment it is no longer for
/// @param records about how many it has; exactly, and at most 100,000, for the part of all other times;
///     absent when the database has not looked yet
/// @param bytes on disk, with its indexes
public record Part(
        String name,
        Optional<OffsetDateTime> starts,
        Optional<OffsetDateTime> ends,
        Optional<Long> records,
        long bytes) {

    /// Whether it has a moment of what a hold is about.
    public boolean isHeldBy(LegalHold hold) {
        return starts.isPresent()
                && hold.isEngaged()
                && hold.from().flatMap(from -> ends.map(from::isBefore)).orElse(true)
                && hold.to().flatMap(to -> starts.map(to::isAfter)).orElse(true);
    }
}
