package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.CHECKPOINTS;

import dev.portcullis.database.audit.tables.records.CheckpointsRecord;
import org.jooq.DSLContext;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Makes the checkpoints of a chain that this process appends to. One thread at a time.
public final class Checkpoints {
    private final SigningKey key;
    private final String owner;
    private final Clock clock;
    private Optional<Checkpoint> last = Optional.empty();
    private boolean isKeyKnown;

    /// @param owner whose key it is, for people
    public Checkpoints(SigningKey key, String owner, Clock clock) {
        this.key = key;
        this.owner = owner;
        this.clock = clock;
    }

    /// Signs where the chain is, as this process remembers it and whatever the database says. Empty when
    /// nothing came since the last time.
    ///
    /// @param sql outside of a transaction: whether a checkpoint is kept must be known before the next one is made
    public Optional<Checkpoint> close(DSLContext sql, GrowingChain chain) {
        var head = chain.head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var at = head.get();
        var before = last.filter(made -> made.at().chain().equals(at.chain())).or(() -> last(sql, at.chain()));
        if (before.filter(made -> made.at().sequence() >= at.sequence()).isPresent()) {
            last = before;
            return Optional.empty();
        }
        if (!isKeyKnown) {
            SigningKeys.announce(sql, key, owner);
            isKeyKnown = true;
        }
        var made = Checkpoint.sign(at, before, clock.instant(), key);
        last = Optional.empty();
        insert(sql, made);
        last = Optional.of(made);
        return last;
    }

    /// The last place that is signed, of the chain it signed last.
    public Optional<Link> signed() {
        return last.map(Checkpoint::at);
    }

    static Checkpoint of(CheckpointsRecord row) {
        return new Checkpoint(
                new Link(row.getChain(), row.getSequence(), row.getHash()),
                row.getRecords(),
                row.getMadeAt().toInstant(),
                Optional.ofNullable(row.getPrevious()),
                row.getKeyId(),
                row.getSignature());
    }

    private static Optional<Checkpoint> last(DSLContext sql, UUID chain) {
        return sql.selectFrom(CHECKPOINTS)
                .where(CHECKPOINTS.CHAIN.eq(chain))
                .orderBy(CHECKPOINTS.SEQUENCE.desc())
                .limit(1)
                .fetchOptional(Checkpoints::of);
    }

    private static void insert(DSLContext sql, Checkpoint made) {
        sql.insertInto(CHECKPOINTS)
                .set(CHECKPOINTS.CHAIN, made.at().chain())
                .set(CHECKPOINTS.SEQUENCE, made.at().sequence())
                .set(CHECKPOINTS.HASH, made.at().hash())
                .set(CHECKPOINTS.RECORDS, made.records())
                .set(CHECKPOINTS.MADE_AT, made.madeAt().atOffset(ZoneOffset.UTC))
                .set(CHECKPOINTS.PREVIOUS, made.previous().orElse(null))
                .set(CHECKPOINTS.KEY_ID, made.keyId())
                .set(CHECKPOINTS.SIGNATURE, made.signature())
                .execute();
    }
}
