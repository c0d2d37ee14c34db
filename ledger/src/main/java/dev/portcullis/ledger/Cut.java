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
/// @param part the part of the table that went
/// @param boundary the end of that part
/// @param signature empty when nobody signed
@SuppressWarnings("ArrayRecordComponent") // written once, read by few
public record Cut(
        long first,
        Link last,
        String part,
        Instant boundary,
        Instant droppedAt,
        String droppedBy,
        String keyId,
        byte[] signature) {
    private static final String KIND = "cut-v1";

    public Cut {
        if (first < 1 || first > last.sequence()) {
            throw new IllegalArgumentException("first: " + first + " (expected: 1 to " + last.sequence() + ")");
        }
        boundary = boundary.truncatedTo(ChronoUnit.MICROS);
        droppedAt = droppedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// The same, signed.
    public Cut signed(SigningKey key) {
        var unsigned = new Cut(first, last, part, boundary, droppedAt, droppedBy, key.keyId(), new byte[0]);
        var signature = key.sign(unsigned.statement().bytes(KIND));
        return new Cut(first, last, part, boundary, droppedAt, droppedBy, key.keyId(), signature);
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
                members.text("part"),
                members.time("boundary"),
                members.time("dropped_at"),
                members.text("dropped_by"),
                members.text("key_id"),
                members.bytes("signature"));
    }

    private Statement statement() {
        return new Statement()
                .with("chain", last.chain())
                .with("first_sequence", first)
                .with("sequence", last.sequence())
                .with("hash", last.hash())
                .with("part", part)
                .with("boundary", boundary)
                .with("dropped_at", droppedAt)
                .with("dropped_by", droppedBy)
                .with("key_id", keyId);
    }
}
