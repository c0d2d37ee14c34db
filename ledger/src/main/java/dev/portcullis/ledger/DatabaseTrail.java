package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.audit.Tables.ADMIN_EVENT_LINKS;
import static dev.portcullis.database.audit.Tables.CHAINS;
import static dev.portcullis.database.audit.Tables.CHECKPOINTS;
import static dev.portcullis.database.audit.Tables.CUTS;
import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.audit.Tables.SIGNING_KEYS;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.portcullis.database.LongWork;
import dev.portcullis.database.audit.tables.records.AdminEventsRecord;
import dev.portcullis.database.audit.tables.records.ChainsRecord;
import dev.portcullis.database.audit.tables.records.CheckpointsRecord;
import dev.portcullis.database.audit.tables.records.CutsRecord;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.database.audit.tables.records.SigningKeysRecord;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.SelectWhereStep;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

/// The trail in the database, as it was at one moment. Whoever writes goes on meanwhile.
public final class DatabaseTrail implements Trail {
    private static final int ROWS = 500;

    private final DataSource database;

    public DatabaseTrail(DataSource database) {
        this.database = database;
    }

    @Override
    public void read(Consumer<TrailEntry> reader) throws IOException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                LongWork.allow(connection);
                read(DSL.using(connection, SQLDialect.POSTGRES), reader);
            } finally {
                connection.rollback();
            }
        } catch (SQLException | DataAccessException | UnreadableException e) {
            throw new IOException("The audit trail cannot be read: " + e.getMessage(), e);
        }
    }

    /// A row that no version of the product has written.
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String what, Throwable cause) {
            super(what, cause);
        }
    }

    private static void read(DSLContext sql, Consumer<TrailEntry> reader) {
        var chains = sql.selectFrom(CHAINS)
                .orderBy(CHAINS.STARTED_AT, CHAINS.CHAIN)
                .fetch(row -> readable("chain " + row.getChain(), () -> chain(row)));
        each(
                sql.selectFrom(SIGNING_KEYS).orderBy(SIGNING_KEYS.KEY_ID),
                row -> readable("key " + row.getKeyId(), () -> key(row)),
                reader);
        chains.forEach(reader);
        outsiders(sql, reader);
        chains.forEach(chain -> members(sql, chain.start(), reader));
        reader.accept(new TrailEntry.End());
    }

    /// What belongs to no chain, or to one that is not there.
    private static void outsiders(DSLContext sql, Consumer<TrailEntry> reader) {
        each(
                sql.selectFrom(EXCHANGES)
                        .where(EXCHANGES.CHAIN.isNull().or(isUnknown(EXCHANGES.CHAIN)))
                        .orderBy(EXCHANGES.OCCURRED_AT, EXCHANGES.ID),
                DatabaseTrail::exchange,
                reader);
        each(
                sql.selectFrom(ADMIN_EVENTS)
                        .whereNotExists(
                                selectOne().from(ADMIN_EVENT_LINKS).where(ADMIN_EVENT_LINKS.EVENT.eq(ADMIN_EVENTS.ID)))
                        .orderBy(ADMIN_EVENTS.OCCURRED_AT, ADMIN_EVENTS.ID),
                row -> event(row, Optional.empty()),
                reader);
        each(
                sql.selectFrom(CHECKPOINTS)
                        .where(isUnknown(CHECKPOINTS.CHAIN))
                        .orderBy(CHECKPOINTS.CHAIN, CHECKPOINTS.SEQUENCE),
                DatabaseTrail::signed,
                reader);
        each(
                events(sql)
                        .where(isUnknown(ADMIN_EVENT_LINKS.CHAIN))
                        .orderBy(ADMIN_EVENT_LINKS.CHAIN, ADMIN_EVENT_LINKS.SEQUENCE),
                DatabaseTrail::linkedEvent,
                reader);
    }

    private static Condition isUnknown(Field<UUID> chain) {
        return chain.isNotNull().and(notExists(selectOne().from(CHAINS).where(CHAINS.CHAIN.eq(chain))));
    }

    /// The records of a chain, merged with its cuts and checkpoints.
    private static void members(DSLContext sql, ChainStart chain, Consumer<TrailEntry> reader) {
        var id = chain.chain();
        reader.accept(new TrailEntry.Begin(id));
        try (var cuts = lazily(sql.selectFrom(CUTS).where(CUTS.CHAIN.eq(id)).orderBy(CUTS.FIRST_SEQUENCE, CUTS.ID));
                var checkpoints = lazily(sql.selectFrom(CHECKPOINTS)
                        .where(CHECKPOINTS.CHAIN.eq(id))
                        .orderBy(CHECKPOINTS.SEQUENCE));
                var records = lazily(records(sql, chain))) {
            new Merged(
                            () -> Optional.ofNullable(cuts.fetchNext()).map(DatabaseTrail::dropped),
                            () -> Optional.ofNullable(records.fetchNext()).map(DatabaseTrail::linked),
                            () -> Optional.ofNullable(checkpoints.fetchNext()).map(DatabaseTrail::signed))
                    .forEach(reader);
        }
    }

    private static ResultQuery<? extends Record> records(DSLContext sql, ChainStart chain) {
        return switch (chain.subject()) {
            case EXCHANGE ->
                sql.selectFrom(EXCHANGES)
                        .where(EXCHANGES.CHAIN.eq(chain.chain()))
                        .orderBy(EXCHANGES.SEQUENCE);
            case ADMIN_EVENT ->
                events(sql).where(ADMIN_EVENT_LINKS.CHAIN.eq(chain.chain())).orderBy(ADMIN_EVENT_LINKS.SEQUENCE);
        };
    }

    static SelectWhereStep<Record> events(DSLContext sql) {
        return sql.select(ADMIN_EVENTS.fields())
                .select(ADMIN_EVENT_LINKS.fields())
                .from(ADMIN_EVENT_LINKS)
                .leftJoin(ADMIN_EVENTS)
                .on(ADMIN_EVENTS.ID.eq(ADMIN_EVENT_LINKS.EVENT));
    }

    static TrailEntry.Entry linked(Record row) {
        return row instanceof ExchangesRecord exchange ? exchange(exchange) : linkedEvent(row);
    }

    static TrailEntry.Entry exchange(ExchangesRecord row) {
        return readable(
                "record " + row.getId(),
                () -> new TrailEntry.Entry(
                        Subject.EXCHANGE,
                        Optional.ofNullable(row.getChain())
                                .map(chain -> new Link(chain, row.getSequence(), row.getHash())),
                        row.getId().toString(),
                        row.getOccurredAt().toInstant(),
                        row.getReplica(),
                        CanonicalRecord.json(row)));
    }

    static TrailEntry.Entry linkedEvent(Record row) {
        var link = row.into(ADMIN_EVENT_LINKS);
        return readable(
                "the link of admin event " + link.getEvent(),
                () -> event(
                        row.into(ADMIN_EVENTS),
                        Optional.of(new Link(link.getChain(), link.getSequence(), link.getHash()))));
    }

    /// When the event itself is gone, its form is that of nothing, which fits nowhere.
    private static TrailEntry.Entry event(AdminEventsRecord row, Optional<Link> link) {
        return readable(
                "admin event " + row.getId(),
                () -> new TrailEntry.Entry(
                        Subject.ADMIN_EVENT,
                        link,
                        String.valueOf(row.getId()),
                        row.getOccurredAt() == null
                                ? Instant.EPOCH
                                : row.getOccurredAt().toInstant(),
                        "",
                        CanonicalRecord.json(row)));
    }

    static TrailEntry.Chain chain(ChainsRecord row) {
        return new TrailEntry.Chain(
                Chains.start(row), row.getForm(), new Link(row.getChain(), row.getSequence(), row.getHash()));
    }

    static TrailEntry.Key key(SigningKeysRecord row) {
        return new TrailEntry.Key(VerificationKey.of(row.getPublicKey()), row.getOwner());
    }

    static TrailEntry.Dropped dropped(CutsRecord row) {
        return readable("cut " + row.getId(), () -> new TrailEntry.Dropped(Cuts.of(row)));
    }

    static TrailEntry.Signed signed(CheckpointsRecord row) {
        return readable(
                "checkpoint " + row.getSequence() + " of chain " + row.getChain(),
                () -> new TrailEntry.Signed(Checkpoints.of(row)));
    }

    /// Somebody may have changed the tables so that a row has what none could have.
    static <T> T readable(String what, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new UnreadableException(what + " is damaged: " + e.getMessage(), e);
        }
    }

    private static <R extends Record> void each(
            ResultQuery<R> query, Function<R, ? extends TrailEntry> entry, Consumer<TrailEntry> reader) {
        try (var rows = lazily(query)) {
            rows.forEach(row -> reader.accept(entry.apply(row)));
        }
    }

    private static <R extends Record> Cursor<R> lazily(ResultQuery<R> query) {
        return query.fetchSize(ROWS).fetchLazy();
    }
}
