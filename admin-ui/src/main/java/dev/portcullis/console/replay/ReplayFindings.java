package dev.portcullis.console.replay;

import java.util.List;
import java.util.UUID;

/// What a replay has found.
///
/// @param records how many were read
/// @param same how many are decided as before
/// @param observed what is allowed, and would not be if rules in mode `observe` were enforced
/// @param unknown what could not be decided again, and why
/// @param skipped what is no matter of the document, and why
public record ReplayFindings(
        long records,
        Same same,
        Groups.Shown newlyRefused,
        Groups.Shown newlyAllowed,
        Groups.Shown observed,
        List<Counted> unknown,
        List<Counted> skipped) {
    public ReplayFindings {
        unknown = List.copyOf(unknown);
        skipped = List.copyOf(skipped);
    }

    public record Same(long allowed, long refused) {}

    /// @param samples the first exchanges of this kind
    public record Counted(String reason, long count, List<UUID> samples) {
        public Counted {
            samples = List.copyOf(samples);
        }
    }
}
