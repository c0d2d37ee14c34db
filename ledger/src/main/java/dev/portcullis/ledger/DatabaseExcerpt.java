package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENT_LINKS;
import static dev.portcullis.database.audit.Tables.CHAINS;
import static dev.portcullis.database.audit.Tables.CHECKPOINTS;
import static dev.portcullis.database.audit.Tables.CUTS;
import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.audit.Tables.SIGNING_KEYS;

import dev.portcullis.database.audit.tables.records.ChainsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import javax.sql.DataSource;

/// What the trail in the database has of a time: of each chain the stretch from the last checkpoint before the time to
/// the last one of the hour after it, or else the first one later, or else to where the chain is. Of chains whose
/// records are not wanted, it has what was
/// signed.
///
/// It is read in small steps, so that memory does not depend on how much there is, and no connection waits for a
/// slow reader.
public final class DatabaseExcerpt implements Trail {
    /// Records are linked when they end.
    private static final Duration LATEST = Duration.ofHours(1);
    private static final int RECORDS = 100;
    private static final int STATEMENTS = 500;

    private final DSLContext sql;
    private final Instant from;
    private final Instant to;
    private final Set<Subject> records;

    /// @param records whose records are wanted themselves
    public DatabaseExcerpt(DataSource database, Instant from, Instant to, Set<Subject> records) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.from = from;
        this.to = to;
        this.records = Set.copyOf(records);
    }

    /// A chain as far as it is wanted.
    ///
    /// @param before the last place that is not; 0 for none
    private record Stretch(TrailEntry.Chain chain, long before, Link end) {}

    @Override
    public void read(Consumer<TrailEntry> reader) throws IOException {
        try {
            var stretches = sql
                    .selectFrom(CHAINS)
                    .where(CHAINS.STARTED_AT.lt(latest()))
                    .orderBy(CHAINS.STARTED_AT, CHAINS.CHAIN)
                    .fetch()
                    .stream()
                    .flatMap(row -> stretch(row).stream())
                    .toList();
            reader.accept(new TrailEntry.Excerpt(from, to));
            sql.selectFrom(SIGNING_KEYS)
                    .orderBy(SIGNING_KEYS.KEY_ID)
                    .fetch()
                    .forEach(row -> reader.accept(
                            DatabaseTrail.readable("key " + row.getKeyId(), () -> DatabaseTrail.key(row))));
            stretches.forEach(stretch -> reader.accept(new TrailEntry.Chain(
                    stretch.chain().start(), stretch.chain().form(), stretch.end())));
            stretches.forEach(stretch -> members(stretch, reader));
            reader.accept(new TrailEntry.End());
        } catch (DataAccessException | DatabaseTrail.UnreadableException e) {
            throw new IOException("The audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    private OffsetDateTime latest() {
        return to.plus(LATEST).atOffset(ZoneOffset.UTC);
    }

    /// Empty when it has nothing of the time.
    private Optional<Stretch> stretch(ChainsRecord row) {
        var chain = DatabaseTrail.readable("chain " + row.getChain(), () -> DatabaseTrail.chain(row));
        var before = checkpoint(row, CHECKPOINTS.MADE_AT.le(from.atOffset(ZoneOffset.UTC)), false);
        var end = checkpoint(
                        row,
                        CHECKPOINTS.MADE_AT.ge(to.atOffset(ZoneOffset.UTC)).and(CHECKPOINTS.MADE_AT.lt(latest())),
                        false)
                .or(() -> checkpoint(row, CHECKPOINTS.MADE_AT.ge(latest()), true))
                .or(() -> isWanted(chain) ? Optional.of(chain.head()) : checkpoint(row, DSL.noCondition(), false));
        long first = before.map(Link::sequence).orElse(0L);
        return end.filter(last -> last.sequence() > first).map(last -> new Stretch(chain, first, last));
    }

    private Optional<Link> checkpoint(ChainsRecord chain, Condition wanted, boolean isFirst) {
        return sql.selectFrom(CHECKPOINTS)
                .where(CHECKPOINTS.CHAIN.eq(chain.getChain()), wanted)
                .orderBy(isFirst ? CHECKPOINTS.SEQUENCE.asc() : CHECKPOINTS.SEQUENCE.desc())
                .limit(1)
                .fetchOptional(DatabaseTrail::signed)
                .map(signed -> signed.checkpoint().at());
    }

    private boolean isWanted(TrailEntry.Chain chain) {
        return records.contains(chain.start().subject());
    }

    private void members(Stretch stretch, Consumer<TrailEntry> reader) {
        reader.accept(new TrailEntry.Begin(stretch.end().chain()));
        if (isWanted(stretch.chain())) {
            whole(stretch, reader);
        } else {
            signed(stretch, reader);
        }
    }

    private void whole(Stretch stretch, Consumer<TrailEntry> reader) {
        var checkpoints = checkpoints(stretch);
        var first = stretch.before() > 0 ? checkpoints.get() : Optional.<TrailEntry.Signed>empty();
        first.ifPresent(signed -> {
            reader.accept(new TrailEntry.LeftOut(1, signed.checkpoint().at()));
            reader.accept(signed);
        });
        new Merged(cuts(stretch), records(stretch), checkpoints).forEach(reader);
    }

    /// A cut is said as soon as what stands before it has been told, or left out.
    private void signed(Stretch stretch, Consumer<TrailEntry> reader) {
        var checkpoints = checkpoints(stretch);
        var cuts = cuts(stretch);
        var cut = cuts.get();
        long at = 0;
        for (var next = checkpoints.get(); next.isPresent(); next = checkpoints.get()) {
            var place = next.get().checkpoint().at();
            if (place.sequence() > at) {
                reader.accept(new TrailEntry.LeftOut(at + 1, place));
                at = place.sequence();
            }
            reader.accept(next.get());
            while (cut.isPresent() && cut.get().cut().first() <= at + 1) {
                reader.accept(cut.get());
                at = Math.max(at, cut.get().cut().last().sequence());
                cut = cuts.get();
            }
        }
    }

    private Supplier<Optional<TrailEntry.Signed>> checkpoints(Stretch stretch) {
        return paged(
                stretch.before() - 1,
                signed -> signed.checkpoint().at().sequence(),
                after -> sql.selectFrom(CHECKPOINTS)
                        .where(CHECKPOINTS.CHAIN.eq(stretch.end().chain()))
                        .and(CHECKPOINTS.SEQUENCE.gt(after))
                        .and(CHECKPOINTS.SEQUENCE.le(stretch.end().sequence()))
                        .orderBy(CHECKPOINTS.SEQUENCE)
                        .limit(STATEMENTS)
                        .fetch(DatabaseTrail::signed));
    }

    private Supplier<Optional<TrailEntry.Dropped>> cuts(Stretch stretch) {
        return paged(
                0,
                dropped -> dropped.cut().first(),
                after -> sql.selectFrom(CUTS)
                        .where(CUTS.CHAIN.eq(stretch.end().chain()))
                        .and(CUTS.FIRST_SEQUENCE.gt(after))
                        .and(CUTS.FIRST_SEQUENCE.le(stretch.end().sequence()))
                        .and(CUTS.SEQUENCE.gt(stretch.before()))
                        .orderBy(CUTS.FIRST_SEQUENCE, CUTS.ID)
                        .limit(STATEMENTS)
                        .fetch(DatabaseTrail::dropped));
    }

    private Supplier<Optional<TrailEntry.Entry>> records(Stretch stretch) {
        var chain = stretch.end().chain();
        return paged(
                stretch.before(),
                entry -> entry.link().map(Link::sequence).orElse(Long.MAX_VALUE),
                after -> switch (stretch.chain().start().subject()) {
                    case EXCHANGE ->
                        sql.selectFrom(EXCHANGES)
                                .where(EXCHANGES.CHAIN.eq(chain))
                                .and(EXCHANGES.SEQUENCE.gt(after))
                                .and(EXCHANGES.SEQUENCE.le(stretch.end().sequence()))
                                .orderBy(EXCHANGES.SEQUENCE)
                                .limit(RECORDS)
                                .fetch(DatabaseTrail::exchange);
                    case ADMIN_EVENT ->
                        DatabaseTrail.events(sql)
                                .where(ADMIN_EVENT_LINKS.CHAIN.eq(chain))
                                .and(ADMIN_EVENT_LINKS.SEQUENCE.gt(after))
                                .and(ADMIN_EVENT_LINKS.SEQUENCE.le(stretch.end().sequence()))
                                .orderBy(ADMIN_EVENT_LINKS.SEQUENCE)
                                .limit(RECORDS)
                                .fetch(DatabaseTrail::linkedEvent);
                });
    }

    /// What comes behind a place, page by page.
    private static <E> Supplier<Optional<E>> paged(long after, ToLongFunction<E> place, LongFunction<List<E>> page) {
        var found = new ArrayDeque<E>();
        var reached = new long[] {after};
        return () -> {
            if (found.isEmpty()) {
                found.addAll(page.apply(reached[0]));
                if (!found.isEmpty()) {
                    reached[0] = place.applyAsLong(found.getLast());
                }
            }
            return Optional.ofNullable(found.poll());
        };
    }
}
