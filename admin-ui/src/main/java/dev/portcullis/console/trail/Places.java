package dev.portcullis.console.trail;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// How far somebody has read in every chain.
///
/// A chain that is not named has not been read at all: chains begin at any time, and a record that is
/// committed late is still behind its predecessors in its chain. Times could not promise that.
///
/// @param sequences the last record read of each chain, by chain; none is 0
public record Places(Map<UUID, Long> sequences) {
    private static final int ENTRY = 2 * Long.BYTES + Long.BYTES;

    public Places {
        sequences = Map.copyOf(sequences);
        if (sequences.values().stream().anyMatch(sequence -> sequence < 1)) {
            throw new IllegalArgumentException("sequences: " + sequences + " (expected: > 0)");
        }
    }

    /// Where everything is still to be read.
    public static Places beginning() {
        return new Places(Map.of());
    }

    /// The last record read of `chain`, or 0.
    public long of(UUID chain) {
        return sequences.getOrDefault(chain, 0L);
    }

    /// The same once all of `calls` have been read.
    public Places after(Iterable<PlacedCall> calls) {
        var moved = new TreeMap<>(sequences);
        calls.forEach(call -> moved.merge(call.chain(), call.sequence(), Math::max));
        return new Places(moved);
    }

    /// Without the chains that `heads` does not know: their records are gone, and nobody writes to them.
    public Places within(Places heads) {
        var kept = new TreeMap<>(sequences);
        kept.keySet().retainAll(heads.sequences.keySet());
        return new Places(kept);
    }

    /// Whether everything up to `other` has been read.
    public boolean reach(Places other) {
        return other.sequences.entrySet().stream().allMatch(place -> of(place.getKey()) >= place.getValue());
    }

    /// Its opaque form for clients.
    public String encode() {
        var bytes = ByteBuffer.allocate(sequences.size() * ENTRY);
        new TreeMap<>(sequences)
                .forEach((chain, sequence) -> bytes.putLong(chain.getMostSignificantBits())
                        .putLong(chain.getLeastSignificantBits())
                        .putLong(sequence));
        return "p" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// Reads what [#encode] wrote; empty for anything else.
    public static Optional<Places> decode(String encoded) {
        if (!encoded.startsWith("p")) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded.substring(1)));
            if (bytes.remaining() % ENTRY != 0) {
                return Optional.empty();
            }
            var sequences = new TreeMap<UUID, Long>();
            while (bytes.hasRemaining()) {
                sequences.put(new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong());
            }
            return Optional.of(new Places(sequences));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
