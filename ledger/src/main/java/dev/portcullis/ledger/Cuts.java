package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.CUTS;
import static dev.portcullis.database.audit.Tables.SIGNING_KEYS;

import dev.portcullis.database.audit.tables.records.CutsRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

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

    /// The cuts that have some of these records of a chain and are signed by a key that the trail names, in order.
    /// What nobody signed is somebody's claim, and not among them.
    public static List<Cut> signed(DSLContext sql, UUID chain, long first, long last) {
        var keys = keys(sql);
        return sql
                .selectFrom(CUTS)
                .where(CUTS.CHAIN.eq(chain), CUTS.FIRST_SEQUENCE.le(last), CUTS.SEQUENCE.ge(first))
                .and(CUTS.SIGNATURE.isNotNull())
                .orderBy(CUTS.FIRST_SEQUENCE, CUTS.SEQUENCE)
                .fetch(Cuts::of)
                .stream()
                .filter(cut -> Optional.ofNullable(keys.get(cut.keyId()))
                        .filter(cut::isSignedWith)
                        .isPresent())
                .toList();
    }

    private static Map<String, VerificationKey> keys(DSLContext sql) {
        var keys = new HashMap<String, VerificationKey>();
        for (var row : sql.selectFrom(SIGNING_KEYS)) {
            try {
                var key = VerificationKey.of(row.getPublicKey());
                keys.put(key.keyId(), key);
            } catch (IllegalArgumentException e) {
                // Whatever it is, it signs nothing.
            }
        }
        return keys;
    }

    /// Whether somebody signed that records up to this one were dropped.
    static boolean has(DSLContext sql, Link link) {
        return signed(sql, link.chain(), link.sequence(), link.sequence()).stream()
                .anyMatch(cut -> cut.last().equals(link));
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
