package dev.portcullis.ledger;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/// A place in a chain, and the hash there.
///
/// @param sequence from 1; 0 is the place before the first record
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content
public record Link(UUID chain, long sequence, byte[] hash) {
    /// How long a hash is.
    public static final int HASH_BYTES = 32;

    public Link {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence: " + sequence + " (expected: >= 0)");
        }
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("hash: " + hash.length + " bytes (expected: " + HASH_BYTES + ")");
        }
        hash = hash.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    /// The next place, for a record.
    ///
    /// @param canonical the record as [CanonicalRecord] gives it
    public Link next(byte[] canonical) {
        var digest = Statement.sha256();
        digest.update(hash);
        digest.update(canonical);
        return new Link(chain, sequence + 1, digest.digest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Link link
                && chain.equals(link.chain)
                && sequence == link.sequence
                && Arrays.equals(hash, link.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(chain, sequence, Arrays.hashCode(hash));
    }

    @Override
    public String toString() {
        return chain + "/" + sequence + " " + HexFormat.of().formatHex(hash);
    }
}
