package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Records;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Writes rows to `audit.exchanges`, all of a batch or none.
///
/// A row that is there already is left out, so that what may have been written can be written again; it takes no
/// place in the chain a second time. It keeps one
/// connection, and opens another after trouble. One thread writes; [#abort] may come from another.
final class ExchangeStore {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final ExchangeRows rows;
    private final ChainWriter chain;
    private volatile Optional<Connection> connection = Optional.empty();
    /// Whether a transaction failed in such a way that it may be committed all the same.
    private boolean inDoubt;

    ExchangeStore(Database database, ExchangeRows rows, ChainWriter chain) {
        this.database = database;
        this.rows = rows;
        this.chain = chain;
    }

    /// Writes a record and takes it back, so that the first real one does not wait for classes to load.
    WriteResult rehearse() {
        var now = Instant.now();
        var record = AuditRecord.beginning(UUID.randomUUID(), now, now, "rehearsal");
        return attempt(sql -> {
            insert(sql, List.of(rows.of(record)));
            throw new Rehearsed();
        });
    }

    /// @param mayRepeat whether some of them may be there
    WriteResult write(List<ExchangesRecord> batch, boolean mayRepeat) {
        var isDoubtful = mayRepeat || inDoubt;
        // Also when there is no memory to say so afterwards.
        inDoubt = true;
        var result = isDoubtful ? writeNew(batch) : attempt(sql -> add(sql, batch));
        if (result instanceof WriteResult.Refused(var state) && state.equals(UNIQUE_VIOLATION)) {
            result = writeNew(batch);
        }
        inDoubt = result instanceof WriteResult.Unavailable;
        return result;
    }

    /// Writes a row that was refused, with as much of it as the database takes. Never
    /// [WriteResult.Refused]: when not even the bare row is taken, that is the table's fault and no
    /// record's.
    ///
    /// @param state why it was refused
    WriteResult writeRepaired(ExchangesRecord row, String state) {
        var repaired = writeNew(List.of(rows.repaired(row, state)));
        if (!(repaired instanceof WriteResult.Refused(var again))) {
            return repaired;
        }
        var bare = writeNew(List.of(rows.bare(row, again)));
        return bare instanceof WriteResult.Refused(var table) ? new WriteResult.Unavailable(table) : bare;
    }

    /// Breaks off what is being written.
    void abort() {
        connection.ifPresent(broken -> {
            try {
                broken.abort(Runnable::run);
            } catch (SQLException ignored) {
                // It is gone already.
            }
        });
    }

    private interface Statements {
        /// @return whether the chain has grown
        boolean run(DSLContext sql);
    }

    /// Rolls a rehearsal back.
    private static final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private WriteResult attempt(Statements statements) {
        try {
            var open = open();
            var isGrown = DSL.using(open, SQLDialect.POSTGRES)
                    .transactionResult(transaction -> statements.run(transaction.dsl()));
            if (isGrown) {
                chain.committed();
            }
            return new WriteResult.Stored();
        } catch (Rehearsed e) {
            return new WriteResult.Stored();
        } catch (SQLException e) {
            return new WriteResult.Unavailable(e.toString());
        } catch (RuntimeException e) {
            var result = WriteResult.of(e);
            if (result instanceof WriteResult.Unavailable) {
                abort();
                connection = Optional.empty();
            }
            return result;
        }
    }

    private Connection open() throws SQLException {
        var kept = connection;
        if (kept.isPresent()) {
            return kept.get();
        }
        var opened = DurableCommits.connect(database);
        connection = Optional.of(opened);
        return opened;
    }

    private WriteResult writeNew(List<ExchangesRecord> batch) {
        return attempt(sql -> add(sql, withoutStored(sql, batch)));
    }

    private boolean add(DSLContext sql, List<ExchangesRecord> batch) {
        if (batch.isEmpty()) {
            chain.confirm(sql);
            return false;
        }
        chain.append(sql, batch);
        insert(sql, batch);
        return true;
    }

    private static List<ExchangesRecord> withoutStored(DSLContext sql, List<ExchangesRecord> batch) {
        var stored = sql.select(EXCHANGES.OCCURRED_AT, EXCHANGES.ID)
                .from(EXCHANGES)
                .where(DSL.row(EXCHANGES.OCCURRED_AT, EXCHANGES.ID)
                        .in(batch.stream()
                                .map(row -> DSL.row(row.getOccurredAt(), row.getId()))
                                .toList()))
                .fetch(Records.mapping((at, id) -> new Key(at.toInstant(), id)));
        var seen = new HashSet<>(stored);
        return batch.stream()
                .filter(row -> seen.add(new Key(row.getOccurredAt().toInstant(), row.getId())))
                .toList();
    }

    private record Key(Instant occurredAt, UUID id) {}

    private static void insert(DSLContext sql, List<ExchangesRecord> records) {
        sql.batch(insertOne(sql))
                .bind(records.stream().map(ExchangesRecord::intoArray).toArray(Object[][]::new))
                .execute();
    }

    private static Query insertOne(DSLContext sql) {
        return sql.insertInto(EXCHANGES)
                .columns(EXCHANGES.fields())
                .values(Arrays.stream(EXCHANGES.fields())
                        .map(ExchangeStore::parameter)
                        .toList());
    }

    private static Field<?> parameter(Field<?> column) {
        return column.equals(ExchangeRows.CLIENT_ADDRESS)
                ? DSL.field("{0}::inet", Object.class, DSL.val(null, SQLDataType.VARCHAR))
                : DSL.val(null, column);
    }
}
