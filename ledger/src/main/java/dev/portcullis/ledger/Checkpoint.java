package dev.portcullis.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The signed statement of a chain's writer that a record has this place and hash, and with it all that
/// came before.
///
/// @param records how many came since the checkpoint before it
/// @param madeAt to the microsecond
/// @param previous SHA-256 of the checkpoint before it in the chain; absent in the first
@SuppressWarnings("ArrayRecordComponent") // written once, read by few
public record Checkpoint(
        Link at, long records, Instant madeAt, Optional<byte[]> previous, String keyId, byte[] signature) {
    private static final String KIND = "checkpoint-v1";

    public Checkpoint {
        madeAt = madeAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// A new checkpoint.
    ///
    /// @param before the last one of the chain
    public static Checkpoint sign(Link at, Optional<Checkpoint> before, Instant now, SigningKey key) {
        var unsigned = new Checkpoint(
                at,
                at.sequence() - before.map(last -> last.at.sequence()).orElse(0L),
                now,
                before.map(Checkpoint::digest),
                key.keyId(),
                new byte[0]);
        return new Checkpoint(
                at,
                unsigned.records,
                now,
                unsigned.previous,
                key.keyId(),
                key.sign(unsigned.statement().bytes(KIND)));
    }

    /// What the next checkpoint of the chain says of this one.
    public byte[] digest() {
        return Statement.sha256().digest(Statement.bytes(KIND, json()));
    }

    boolean isSignedWith(VerificationKey key) {
        return key.verifies(statement().bytes(KIND), signature);
    }

    /// One line, for exports and anchors.
    public String json() {
        return statement().with("signature", signature).json();
    }

    /// Reads what [#json] wrote.
    ///
    /// @throws IllegalArgumentException when something is missing or wrong
    public static Checkpoint read(String json) {
        var members = Members.of(json);
        return new Checkpoint(
                new Link(members.uuid("chain"), members.number("sequence"), members.bytes("hash")),
                members.number("records"),
                members.time("made_at"),
                members.has("previous") ? Optional.of(members.bytes("previous")) : Optional.empty(),
                members.text("key_id"),
                members.bytes("signature"));
    }

    private Statement statement() {
        var statement = new Statement()
                .with("chain", at.chain())
                .with("sequence", at.sequence())
                .with("hash", at.hash())
                .with("records", records)
                .with("made_at", madeAt)
                .with("key_id", keyId);
        previous.ifPresent(digest -> statement.with("previous", digest));
        return statement;
    }
}
