package dev.portcullis.ledger;

import java.time.Instant;
import java.util.Optional;

/// What a verification found.
///
/// @param linked records that were followed along their chains
/// @param dropped records that retention dropped, of the same chains
/// @param leftOut records that an excerpt does not have
/// @param older records of versions without chains, which nothing can be said of
/// @param waiting admin events that the console has not linked yet
/// @param late admin events that say they happened more than an hour before the checkpoint which they came after
/// @param unsigned records behind the last checkpoint of their chain
/// @param anchors how many checkpoints were known from outside
/// @param signedUntil when the newest checkpoint was made
/// @param excerpt the time that it is about; absent for a whole trail
/// @param bad the first place that is not as it was written; with one, the numbers go as far as that
public record Report(
        long chains,
        long linked,
        long dropped,
        long leftOut,
        long older,
        long waiting,
        long late,
        long checkpoints,
        long unsigned,
        long anchors,
        Optional<Instant> signedUntil,
        Optional<TrailEntry.Excerpt> excerpt,
        Optional<BadPlace> bad) {

    /// Whether nothing is missing or altered, as far as can be seen.
    public boolean isGood() {
        return bad.isEmpty();
    }
}
