package dev.portcullis.console.sinks.store;

import static dev.portcullis.database.gateway.Tables.SINKS;
import static dev.portcullis.database.gateway.Tables.SINK_CURSORS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.sinks.Gap;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.Waiting;
import dev.portcullis.console.trail.Portion;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

/// Keeps how far each sink is. What is next is read in one transaction, and its cursors are moved in another: none
/// is open while a receiver is waited for.
@Repository
public class SinkStore {
    private static final int LONGEST_ERROR = 500;

    private final DataSource database;
    private final DSLContext sql;

    public SinkStore(DataSource database) {
        this.database = database;
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The lock with which one console at a time works for a sink; not taken yet.
    public SinkLock lock(SinkSettings sink) {
        return new SinkLock(database, sink.name());
    }

    /// Notes what there is to be sent. A sink that is not known yet begins where its settings say.
    public void prepare(SinkSettings sink) {
        sql.transaction(transaction -> {
            var chains = new SinkChains(transaction.dsl(), sink.only());
            if (sink.only().hasAdminEvents()) {
                AdminEventPlaces.giveToNew(transaction.dsl());
            }
            var isNew = transaction
                            .dsl()
                            .insertInto(SINKS, SINKS.SINK)
                            .values(sink.name())
                            .onConflictDoNothing()
                            .execute()
                    == 1;
            var heads = chains.heads();
            if (isNew) {
                var begin = sink.from() == SinkSettings.Start.NOW ? heads : chains.beforeFirst();
                begin.forEach((chain, sequence) -> see(transaction.dsl(), sink.name(), chain, sequence, sequence));
            }
            var cursors = new SinkCursors(transaction.dsl(), sink.name());
            heads.forEach((chain, sequence) -> {
                if (cursors.seen(chain) < sequence) {
                    see(transaction.dsl(), sink.name(), chain, 0, sequence);
                }
            });
        });
    }

    /// Hands over what comes next, and notes that it was acknowledged when `send` returns; when that
    /// throws, nothing has changed.
    ///
    /// A cursor that is not where it was read any more has been moved by another console, and stays where
    /// that one has put it.
    ///
    /// @return how many records were sent
    public int advance(SinkSettings sink, Portion portion, Consumer<Waiting> send) {
        var batch = sql.transactionResult(transaction -> batch(transaction.dsl(), sink, portion));
        if (batch.waiting().isEmpty()) {
            return 0;
        }
        send.accept(batch.waiting());
        sql.transaction(transaction -> {
            var moved = move(transaction.dsl(), sink.name(), batch);
            batch.waiting().gaps().stream()
                    .filter(gap -> moved.contains(gap.chain()))
                    .forEach(gap -> AdminEventStore.append(transaction, event(sink.name(), gap)));
            acknowledge(transaction.dsl(), sink.name(), batch.waiting().size());
        });
        return batch.waiting().size();
    }

    /// What is sent next, and where the cursors were when it was read.
    private record Batch(SinkCursors cursors, Waiting waiting) {}

    private static Batch batch(DSLContext transaction, SinkSettings sink, Portion portion) {
        var cursors = new SinkCursors(transaction, sink.name());
        return new Batch(cursors, new SinkChains(transaction, sink.only()).waiting(cursors, portion));
    }

    /// Notes that nothing could be sent.
    public void fail(String sink, String error) {
        sql.update(SINKS)
                .set(SINKS.FAILING_SINCE, coalesce(SINKS.FAILING_SINCE, currentOffsetDateTime()))
                .set(SINKS.LAST_ERROR, error.substring(0, Math.min(error.length(), LONGEST_ERROR)))
                .where(SINKS.SINK.eq(sink))
                .execute();
    }

    private static void see(DSLContext sql, String sink, UUID chain, long sequence, long seen) {
        sql.insertInto(SINK_CURSORS, SINK_CURSORS.SINK, SINK_CURSORS.CHAIN, SINK_CURSORS.SEQUENCE, SINK_CURSORS.SEEN)
                .values(sink, chain, sequence, seen)
                .onConflict(SINK_CURSORS.SINK, SINK_CURSORS.CHAIN)
                .doUpdate()
                .set(SINK_CURSORS.SEEN, greatest(SINK_CURSORS.SEEN, excluded(SINK_CURSORS.SEEN)))
                .execute();
    }

    /// @return the chains whose cursor was where it was read
    private static Set<UUID> move(DSLContext sql, String sink, Batch batch) {
        var ends = new TreeMap<UUID, Long>();
        var waiting = batch.waiting();
        waiting.gaps().forEach(gap -> ends.merge(gap.chain(), gap.last(), Math::max));
        waiting.events().forEach(event -> ends.merge(AdminEventPlaces.CHAIN, event.place(), Math::max));
        waiting.calls().forEach(call -> ends.merge(call.chain(), call.sequence(), Math::max));
        ends.entrySet()
                .removeIf(
                        end -> !move(sql, sink, end.getKey(), batch.cursors().sequence(end.getKey()), end.getValue()));
        return ends.keySet();
    }

    /// A chain that began after the last look has no cursor yet.
    private static boolean move(DSLContext sql, String sink, UUID chain, long read, long sequence) {
        return sql.insertInto(
                                SINK_CURSORS,
                                SINK_CURSORS.SINK,
                                SINK_CURSORS.CHAIN,
                                SINK_CURSORS.SEQUENCE,
                                SINK_CURSORS.SEEN)
                        .values(sink, chain, sequence, sequence)
                        .onConflict(SINK_CURSORS.SINK, SINK_CURSORS.CHAIN)
                        .doUpdate()
                        .set(SINK_CURSORS.SEQUENCE, excluded(SINK_CURSORS.SEQUENCE))
                        .set(SINK_CURSORS.SEEN, greatest(SINK_CURSORS.SEEN, excluded(SINK_CURSORS.SEEN)))
                        .set(SINK_CURSORS.MOVED_AT, currentOffsetDateTime())
                        .where(SINK_CURSORS.SEQUENCE.eq(read))
                        .execute()
                == 1;
    }

    private static void acknowledge(DSLContext sql, String sink, int records) {
        sql.update(SINKS)
                .set(SINKS.ACKNOWLEDGED, SINKS.ACKNOWLEDGED.plus(records))
                .set(SINKS.ACKNOWLEDGED_AT, currentOffsetDateTime())
                .setNull(SINKS.FAILING_SINCE)
                .setNull(SINKS.LAST_ERROR)
                .where(SINKS.SINK.eq(sink))
                .execute();
    }

    private static AdminEvent event(String sink, Gap gap) {
        var detail = new TreeMap<>(Map.of(
                "chain", gap.chain().toString(),
                "first", Long.toString(gap.first()),
                "last", Long.toString(gap.last()),
                "cause", gap.cause()));
        gap.cut().ifPresent(cut -> detail.put("part", cut.part()));
        return AdminEvent.of("system", AdminEvent.SINK_GAP).about(sink).with(detail);
    }
}
