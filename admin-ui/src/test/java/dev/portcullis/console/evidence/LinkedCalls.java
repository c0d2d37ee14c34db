package dev.portcullis.console.evidence;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.ledger.CanonicalRecord;
import dev.portcullis.ledger.Checkpoints;
import dev.portcullis.ledger.GrowingChain;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.Subject;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

/// Calls of a replica at a time, linked and signed as a replica does.
final class LinkedCalls {
    private final DataSource database;
    private final SigningKey key;
    private final Clock begin;
    private final GrowingChain chain;

    LinkedCalls(DataSource database, SigningKey key, OffsetDateTime begin) {
        this.database = database;
        this.key = key;
        this.begin = Clock.fixed(begin.toInstant(), ZoneOffset.UTC);
        this.chain = new GrowingChain(Subject.EXCHANGE, "replica-of-evidence", this.begin, _ -> {});
    }

    /// Records calls, one a minute from `first` on, every fifth of them denied, and signs them an hour after the last.
    List<UUID> record(int count, OffsetDateTime first) {
        var sql = DSL.using(database, SQLDialect.POSTGRES);
        var rows = new ArrayList<ExchangesRecord>();
        for (var at = 0; at < count; at++) {
            rows.add(row(first.plusMinutes(at), at % 5 == 4));
        }
        sql.transaction(transaction -> {
            var links = chain.append(
                    transaction.dsl(), rows.stream().map(CanonicalRecord::of).toList());
            for (var at = 0; at < count; at++) {
                var row = rows.get(at);
                row.setChain(links.get(at).chain());
                row.setSequence(links.get(at).sequence());
                row.setHash(links.get(at).hash());
                transaction.dsl().insertInto(EXCHANGES).set(row).execute();
            }
        });
        chain.committed();
        var signedAt = first.plusMinutes(count).plusHours(1);
        new Checkpoints(key, "replica-of-evidence", Clock.fixed(signedAt.toInstant(), ZoneOffset.UTC))
                .close(sql, chain);
        return rows.stream().map(ExchangesRecord::getId).toList();
    }

    private static ExchangesRecord row(OffsetDateTime at, boolean isDenied) {
        var row = new ExchangesRecord();
        row.setId(UUID.randomUUID());
        row.setOccurredAt(at);
        row.setReplica("replica-of-evidence");
        row.setRoute("port-eu");
        row.setMethod("tools/call");
        row.setTool("upsert_entity");
        row.setDecision(isDenied ? "denied" : "allowed");
        row.setOutcome(isDenied ? "denied" : "succeeded");
        row.setCallerGroups(new String[0]);
        row.setRules(isDenied ? new String[] {"read-only-by-default"} : new String[0]);
        row.setObservedRules(new String[0]);
        row.setRequestBytes(1L);
        row.setResponseBytes(2L);
        row.setArguments(JSONB.valueOf("{\"entity\": \"Zürich\"}"));
        row.setArgumentsDigest("sha256:short");
        return row;
    }
}
