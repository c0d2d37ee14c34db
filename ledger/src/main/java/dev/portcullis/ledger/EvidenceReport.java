package dev.portcullis.ledger;

import java.util.Map;
import java.util.Optional;

/// What a verification of an archive found.
///
/// @param facts what the manifest says of the archive; empty when there is none that can be read
/// @param files how many files are as the manifest has them
/// @param trail what was found in the archive's part of the trail; absent when it was not looked at
/// @param anchored how many checkpoints are in the archive as they were anchored
/// @param places at how many places
/// @param bad what is wrong first, as a sentence without its end
public record EvidenceReport(
        Map<String, String> facts,
        long files,
        Optional<Report> trail,
        long anchored,
        long places,
        Optional<String> bad) {
    public EvidenceReport {
        facts = Map.copyOf(facts);
    }

    /// Whether nothing is missing or altered, as far as can be seen.
    public boolean isGood() {
        return bad.isEmpty() && trail.map(Report::isGood).orElse(false);
    }
}
