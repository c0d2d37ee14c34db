package dev.portcullis.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// The signed statement of the console that a run of a chain's records was dropped because it was old.
///
/// Records are dropped by when they occurred and linked when they ended, so that what one deletion takes
/// from a chain need not be one run: each run has a cut of its own.
///
/// @param first the place of the first record of the run
/// @param last the place and the hash of the last one, from which the chain goes on
/// @param droppedAt to the microsecond
@SuppressWarnings("ArrayRecordComponent") // written once, read by few
public record Cut(long first, Link last, Instant droppedAt, String keyId, byte[] signature) {
    private static final String KIND = "cut-v1";

    public Cut {
        if (first < 1 || first > last.sequence()) {
            throw new IllegalArgumentException("first: " + first + " (expected: 1 to " + last.sequence() + ")");
        }
        droppedAt = droppedAt.truncatedTo(ChronoUnit.MICROS);
    }

    public static Cut sign(long first, Link last, Instant now, SigningKey key) {
        var unsigned = new Cut(first, last, now, key.keyId(), new byte[0]);
        return new Cut(first, last, now, key.keyId(), key.sign(unsigned.statement().bytes(KIND)));
    }

    public UUID chain() {
        return last.chain();
    }

    boolean isSignedWith(VerificationKey key) {
        return key.verifies(statement().bytes(KIND), signature);
    }

    String json() {
        return statement().with("signature", signature).json();
    }

    static Cut read(String json) {
        var members = Members.of(json);
        return new Cut(
                members.number("first_sequence"),
                new Link(members.uuid("chain"), members.number("sequence"), members.bytes("hash")),
                members.time("dropped_at"),
                members.text("key_id"),
                members.bytes("signature"));
    }

    private Statement statement() {
        return new Statement()
                .with("chain", last.chain())
                .with("first_sequence", first)
                .with("sequence", last.sequence())
                .with("hash", last.hash())
                .with("dropped_at", droppedAt)
                .with("key_id", keyId);
    }
}
