package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.CHECKPOINTS;

import dev.portcullis.database.audit.tables.records.CheckpointsRecord;
import org.jooq.DSLContext;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Makes the checkpoints of a chain that this process appends to. One thread at a time.
public final class Checkpoints {
    /// How many are looked at in search of one that is good.
    private static final int MOST = 100;

    private final SigningKey key;
    private final String owner;
    private final Clock clock;
    private Optional<Checkpoint> last = Optional.empty();
    /// What the alarm was raised about.
    private final Set<Link> reported = new HashSet<>();

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
        var before = last.filter(made -> made.at().chain().equals(at.chain())).or(() -> last(sql, at, chain));
        if (before.filter(made -> made.at().sequence() >= at.sequence()).isPresent()) {
            last = before.filter(made -> made.at().equals(at));
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

    /// The newest that may have been made here, or of a process that has taken the chain over. A forged one must not
    /// keep the next from being made.
    private Optional<Checkpoint> last(DSLContext sql, Link head, GrowingChain chain) {
        var newest = sql.selectFrom(CHECKPOINTS)
                .where(CHECKPOINTS.CHAIN.eq(head.chain()))
                .orderBy(CHECKPOINTS.SEQUENCE.desc())
                .limit(MOST)
                .fetch(Checkpoints::of);
        for (var made : newest) {
            var isSigned = SigningKeys.find(sql, made.keyId())
                    .filter(made::isSignedWith)
                    .isPresent();
            if (isSigned && fits(made.at(), head)) {
                return Optional.of(made);
            }
            if (isSigned && made.at().sequence() > head.sequence() && !chain.isWrittenHere(sql)) {
                report(made, chain, "was made by another process that writes chain");
                return Optional.of(made);
            }
            report(made, chain, isSigned ? "is not of where its writer is in chain" : "has a forged signature: chain");
        }
        return Optional.empty();
    }

    private static boolean fits(Link place, Link head) {
        return place.sequence() < head.sequence() || place.equals(head);
    }

    private void report(Checkpoint found, GrowingChain chain, String what) {
        if (reported.add(found.at())) {
            chain.raise("the checkpoint at " + found.at().sequence() + " " + what + " "
                    + found.at().chain());
        }
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
