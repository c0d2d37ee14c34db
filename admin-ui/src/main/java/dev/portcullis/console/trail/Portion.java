package dev.portcullis.console.trail;

/// How much is read at once, whichever comes first; one record is read in any case, and each chain that has a share
/// may go over it by one.
///
/// @param records how many records
/// @param bytes about how many bytes their payloads have
/// @param arguments whether arguments, and their digest, are read at all
public record Portion(int records, long bytes, boolean arguments) {
    public Portion {
        if (records < 1) {
            throw new IllegalArgumentException("records: " + records + " (expected: > 0)");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: > 0)");
        }
    }

    public Portion atMost(int most) {
        return new Portion(Math.min(records, most), bytes, arguments);
    }
}
