package dev.portcullis.console.sinks.store;

import static dev.portcullis.database.gateway.Tables.SINKS;
import static dev.portcullis.database.gateway.Tables.SINK_CURSORS;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.sinks.Gap;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.Waiting;
import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Portion;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

/// Keeps how far each sink is. A cursor moves in the transaction in which its records were read and
/// acknowledged; its lock lets one console at a time work for a sink.
@Repository
public class SinkStore {
    private static final String TRY_LOCK =
            "select pg_try_advisory_xact_lock(hashtext('portcullis.sinks'), hashtext(?))";
    private static final int LONGEST_ERROR = 500;

    private final DSLContext sql;

    public SinkStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
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
    /// @return how many records were sent; empty when another console is at it
    public Optional<Integer> advance(SinkSettings sink, Portion portion, Consumer<Waiting> send) {
        return sql.transactionResult(transaction -> {
            var context = transaction.dsl();
            if (!Boolean.TRUE.equals(context.fetchValue(TRY_LOCK, sink.name()))) {
                return Optional.empty();
            }
            var waiting = new SinkChains(context, sink.only()).waiting(new SinkCursors(context, sink.name()), portion);
            if (waiting.isEmpty()) {
                return Optional.of(0);
            }
            send.accept(waiting);
            move(context, sink.name(), waiting);
            waiting.gaps().forEach(gap -> AdminEventStore.append(transaction, event(sink.name(), gap)));
            acknowledge(context, sink.name(), waiting.size());
            return Optional.of(waiting.size());
        });
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

    private static void move(DSLContext sql, String sink, Waiting waiting) {
        waiting.gaps().forEach(gap -> move(sql, sink, gap.chain(), gap.last()));
        waiting.events().forEach(event -> move(sql, sink, AdminEventPlaces.CHAIN, event.place()));
        waiting.calls().stream()
                .collect(toMap(PlacedCall::chain, PlacedCall::sequence, Math::max))
                .forEach((chain, sequence) -> move(sql, sink, chain, sequence));
    }

    private static void move(DSLContext sql, String sink, UUID chain, long sequence) {
        sql.update(SINK_CURSORS)
                .set(SINK_CURSORS.SEQUENCE, greatest(SINK_CURSORS.SEQUENCE, inline(sequence)))
                .set(SINK_CURSORS.SEEN, greatest(SINK_CURSORS.SEEN, inline(sequence)))
                .set(SINK_CURSORS.MOVED_AT, currentOffsetDateTime())
                .where(SINK_CURSORS.SINK.eq(sink))
                .and(SINK_CURSORS.CHAIN.eq(chain))
                .execute();
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
        return AdminEvent.of("system", AdminEvent.SINK_GAP)
                .about(sink)
                .with(Map.of(
                        "chain", gap.chain().toString(),
                        "first", Long.toString(gap.first()),
                        "last", Long.toString(gap.last())));
    }
}
