package dev.portcullis.console.replay;

import java.util.List;

/// What became of one record.
sealed interface Comparison {

    /// Decided as before.
    record Same(boolean allowed, List<String> observed) implements Comparison {}

    /// @param rules what refuses it now
    record NewlyRefused(List<String> rules) implements Comparison {}

    /// @param rules what refused it
    /// @param observed what would refuse it, if it were enforced
    record NewlyAllowed(List<String> rules, List<String> observed) implements Comparison {}

    /// What the record holds is not enough to decide again.
    record Unknown(String reason) implements Comparison {}

    /// It is not a matter of the document.
    record Skipped(String reason) implements Comparison {}
}
