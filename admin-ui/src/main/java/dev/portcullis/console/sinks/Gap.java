package dev.portcullis.console.sinks;

import java.util.UUID;

/// Records of a chain that were dropped before a sink had sent them.
public record Gap(UUID chain, long first, long last) {
    public Gap {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "first: " + first + ", last: " + last + " (expected: > 0 and in this order)");
        }
    }

    public String describe() {
        return "Records " + first + " to " + last + " of chain " + chain
                + " were dropped from the audit trail before this sink had sent them.";
    }
}
