package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.CHAINS;

import dev.portcullis.database.audit.tables.records.ChainsRecord;
import org.jooq.DSLContext;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// How chains begin, in `audit.chains`.
final class Chains {
    private Chains() {}

    static void insert(DSLContext sql, ChainStart start, UUID writer) {
        var row = new ChainsRecord();
        row.setChain(start.chain());
        row.setSubject(start.subject().wireName());
        row.setReplica(start.replica());
        row.setForm(ChainStart.FORM);
        row.setStartedAt(start.startedAt().atOffset(ZoneOffset.UTC));
        start.predecessor().ifPresent(left -> {
            row.setPredecessor(left.chain());
            row.setPredecessorSequence(left.sequence());
            row.setPredecessorHash(left.hash());
        });
        row.setWriter(writer);
        row.setSequence(0L);
        row.setHash(start.link().hash());
        sql.insertInto(CHAINS).set(row).execute();
    }

    static ChainStart start(ChainsRecord row) {
        return new ChainStart(
                row.getChain(),
                Subject.of(row.getSubject()),
                row.getReplica(),
                row.getStartedAt().toInstant(),
                row.getPredecessor() == null
                        ? Optional.empty()
                        : Optional.of(new Link(
                                row.getPredecessor(), row.getPredecessorSequence(), row.getPredecessorHash())));
    }
}
