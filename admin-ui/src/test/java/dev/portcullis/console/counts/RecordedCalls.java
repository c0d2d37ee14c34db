package dev.portcullis.console.counts;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.time.OffsetDateTime;
import java.util.UUID;

import javax.sql.DataSource;

/// A chain of calls that ended in different ways.
public final class RecordedCalls {
    private final DSLContext sql;
    private final UUID chain = UUID.randomUUID();
    private long sequence;

    public RecordedCalls(DataSource database) {
        this(DSL.using(database, SQLDialect.POSTGRES));
    }

    private RecordedCalls(DSLContext sql) {
        this.sql = sql;
    }

    public UUID chain() {
        return chain;
    }

    /// Leaves out places, as if their records had been dropped.
    public void skip(long places) {
        sequence += places;
    }

    /// Records calls of `tool` at `at`, each of a tenth of a second.
    public void record(OffsetDateTime at, String tool, String outcome, int count) {
        for (var i = 0; i < count; i++) {
            record(at, tool, outcome);
        }
    }

    /// Records calls at `at` that succeeded, and that a rule which only observes would have refused.
    public void observe(OffsetDateTime at, String rule, int count) {
        for (var i = 0; i < count; i++) {
            record(at, "observed", "succeeded", rule);
        }
    }

    /// Records at `at` that `exchanges` were refused and only counted.
    public void turnAway(OffsetDateTime at, long exchanges) {
        sql.insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, at)
                .set(EXCHANGES.REPLICA, "replica-1")
                .set(EXCHANGES.DECISION, "none")
                .set(EXCHANGES.OUTCOME, "refused")
                .set(EXCHANGES.REFUSAL, "not_recordable")
                .set(EXCHANGES.EXCHANGES_, exchanges)
                .set(EXCHANGES.LATENCY_MICROS, 0L)
                .set(EXCHANGES.CHAIN, chain)
                .set(EXCHANGES.SEQUENCE, ++sequence)
                .set(EXCHANGES.HASH, new byte[32])
                .execute();
    }

    private void record(OffsetDateTime at, String tool, String outcome, String... observedRules) {
        var denied = outcome.equals("denied");
        sql.insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, at)
                .set(EXCHANGES.REPLICA, "replica-1")
                .set(EXCHANGES.ROUTE, "port-eu")
                .set(EXCHANGES.METHOD, "tools/call")
                .set(EXCHANGES.TOOL, tool)
                .set(EXCHANGES.CALLER, "key:of-" + tool)
                .set(EXCHANGES.DECISION, denied ? "denied" : "allowed")
                .set(EXCHANGES.RULES, denied ? new String[] {"rule-of-" + tool, "second-rule"} : new String[0])
                .set(EXCHANGES.OBSERVED_RULES, observedRules)
                .set(EXCHANGES.OUTCOME, outcome)
                .set(EXCHANGES.LATENCY_MICROS, 100_000L)
                .set(EXCHANGES.CHAIN, chain)
                .set(EXCHANGES.SEQUENCE, ++sequence)
                .set(EXCHANGES.HASH, new byte[32])
                .execute();
    }
}
