package dev.portcullis.console.sinks;

import dev.portcullis.ledger.Cut;

import java.util.Optional;
import java.util.UUID;

/// Records of a chain that are not in the trail any more, and that a sink has not sent.
///
/// @param cut the signed statement that retention dropped them; without one they are lost
public record Gap(UUID chain, long first, long last, Optional<Cut> cut) {
    public Gap {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "first: " + first + ", last: " + last + " (expected: > 0 and in this order)");
        }
    }

    /// `retention` or `loss`.
    public String cause() {
        return cut.isPresent() ? "retention" : "loss";
    }

    public String describe() {
        var records = "Records " + first + " to " + last + " of chain " + chain;
        return cut.map(dropped -> records + " were dropped by retention before this sink had sent them (records "
                        + dropped.first() + " to " + dropped.last().sequence() + ", with " + dropped.part() + ").")
                .orElseGet(() -> records + " are missing in the audit trail, and this sink has not sent them. Retention"
                        + " did not drop them: they are lost.");
    }
}
