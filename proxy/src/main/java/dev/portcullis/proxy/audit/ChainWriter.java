package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.ledger.CanonicalRecord;
import dev.portcullis.ledger.GrowingChain;
import dev.portcullis.ledger.Subject;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Gives the rows of a batch their places in this replica's chain.
///
/// That a chain could not go on is never covered up: it is logged, counted, and said until the replica
/// ends.
public final class ChainWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);

    private final GrowingChain chain;
    private final LongAdder alarms = new LongAdder();
    private volatile Optional<String> lastAlarm = Optional.empty();

    /// @param replica the name of this replica, whose chain goes on
    public ChainWriter(String replica, Clock clock) {
        this.chain = new GrowingChain(Subject.EXCHANGE, replica, clock, this::raise);
    }

    /// Sets chain, sequence and hash of every row, in the transaction that writes them. None of them may be
    /// in the database already: a place that no row takes would be a gap.
    void append(DSLContext sql, List<ExchangesRecord> rows) {
        var links = chain.append(sql, rows.stream().map(CanonicalRecord::of).toList());
        for (int at = 0; at < rows.size(); at++) {
            var link = links.get(at);
            rows.get(at).setChain(link.chain());
            rows.get(at).setSequence(link.sequence());
            rows.get(at).setHash(link.hash());
        }
    }

    /// Looks whether the transaction of the last [#append] is committed, when nobody could say.
    void confirm(DSLContext sql) {
        chain.confirm(sql);
    }

    /// Says that the transaction of the last [#append] is committed.
    void committed() {
        chain.committed();
    }

    /// What checkpoints are made of.
    GrowingChain chain() {
        return chain;
    }

    /// How often the database did not have what was written.
    long alarms() {
        return alarms.sum();
    }

    /// The last time that the database did not have what was written.
    public Optional<String> lastAlarm() {
        return lastAlarm;
    }

    private void raise(String reason) {
        LOG.atError().addKeyValue("reason", reason).log("the audit trail in the database is not as it was written");
        alarms.increment();
        lastAlarm = Optional.of(reason);
    }
}
