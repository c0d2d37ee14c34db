package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.CUTS;

import dev.portcullis.database.audit.tables.records.CutsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.util.Objects;

/// What retention dropped of chains, in `audit.cuts`.
public final class Cuts {
    private Cuts() {}

    /// Signs what the surrounding transaction itself has cut, and nothing that somebody else says was cut.
    /// To be called in the transaction that calls `audit.drop_part`.
    ///
    /// @param owner whose key it is, for people
    /// @return how many were signed
    public static int sign(DSLContext transaction, SigningKey key, String owner) {
        SigningKeys.announce(transaction, key, owner);
        var own = transaction
                .selectFrom(CUTS)
                .where(CUTS.SIGNATURE.isNull(), DSL.condition("xmin = pg_current_xact_id()::xid"))
                .fetch();
        for (var row : own) {
            var signed = of(row).signed(key);
            transaction
                    .update(CUTS)
                    .set(CUTS.KEY_ID, signed.keyId())
                    .set(CUTS.SIGNATURE, signed.signature())
                    .where(CUTS.ID.eq(row.getId()))
                    .execute();
        }
        return own.size();
    }

    static boolean has(DSLContext sql, Link link) {
        return sql.fetchExists(
                CUTS, CUTS.CHAIN.eq(link.chain()), CUTS.SEQUENCE.eq(link.sequence()), CUTS.HASH.eq(link.hash()));
    }

    static Cut of(CutsRecord row) {
        return new Cut(
                row.getFirstSequence(),
                new Link(row.getChain(), row.getSequence(), row.getHash()),
                row.getPart(),
                row.getBoundary().toInstant(),
                row.getDroppedAt().toInstant(),
                row.getDroppedBy(),
                Objects.requireNonNullElse(row.getKeyId(), ""),
                Objects.requireNonNullElse(row.getSignature(), new byte[0]));
    }
}
