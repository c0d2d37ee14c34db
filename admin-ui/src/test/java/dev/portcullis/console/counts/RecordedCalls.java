package dev.portcullis.console.counts;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
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
    ///
    /// @return the id of the record
    public UUID turnAway(OffsetDateTime at, long exchanges) {
        var row = link(at);
        row.setDecision("none");
        row.setOutcome("refused");
        row.setRefusal("not_recordable");
        row.setExchanges(exchanges);
        row.setLatencyMicros(0L);
        row.insert();
        return row.getId();
    }

    private void record(OffsetDateTime at, String tool, String outcome, String... observedRules) {
        var denied = outcome.equals("denied");
        var row = link(at);
        row.setRoute("port-eu");
        row.setMethod("tools/call");
        row.setTool(tool);
        row.setCaller("key:of-" + tool);
        row.setDecision(denied ? "denied" : "allowed");
        row.setRules(denied ? new String[] {"rule-of-" + tool, "second-rule"} : new String[0]);
        row.setObservedRules(observedRules);
        row.setOutcome(outcome);
        row.setLatencyMicros(100_000L);
        row.insert();
    }

    private ExchangesRecord link(OffsetDateTime at) {
        var row = sql.newRecord(EXCHANGES);
        row.setId(UUID.randomUUID());
        row.setOccurredAt(at);
        row.setReplica("replica-1");
        row.setChain(chain);
        row.setSequence(++sequence);
        row.setHash(new byte[32]);
        return row;
    }
}
