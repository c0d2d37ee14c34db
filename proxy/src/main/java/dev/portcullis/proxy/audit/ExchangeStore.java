package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Writes records to `audit.exchanges`, all of a batch or none.
///
/// A record that is there already is left as it is, so that a batch whose commit was not acknowledged
/// can be written again. It keeps one connection, and opens another after trouble. One thread writes;
/// [#abort] may come from another.
final class ExchangeStore {
    private final Database database;
    private final ExchangeRows rows;
    private volatile Optional<Connection> connection = Optional.empty();

    ExchangeStore(Database database, String replica) {
        this.database = database;
        this.rows = new ExchangeRows(replica);
    }

    /// Writes a record and takes it back, so that the first real one does not wait for classes to load.
    WriteResult rehearse() {
        var now = Instant.now();
        var record = AuditRecord.beginning(UUID.randomUUID(), now, now, "rehearsal");
        return attempt(sql -> {
            insert(sql, List.of(rows.row(record)));
            throw new Rehearsed();
        });
    }

    WriteResult write(List<AuditRecord> records) {
        return attempt(sql -> insert(sql, records.stream().map(rows::row).toList()));
    }

    /// Writes a record that was refused, with as much of it as the database takes. Never
    /// [WriteResult.Refused]: when not even the bare row is taken, that is the table's fault and no
    /// record's.
    ///
    /// @param state why it was refused
    WriteResult writeRepaired(AuditRecord record, String state) {
        var repaired = attempt(sql -> insert(sql, List.of(rows.repaired(record, state))));
        if (!(repaired instanceof WriteResult.Refused(var again))) {
            return repaired;
        }
        var bare = attempt(sql -> insert(sql, List.of(rows.bare(record, again))));
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
        void run(DSLContext sql);
    }

    /// Rolls a rehearsal back.
    private static final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private WriteResult attempt(Statements statements) {
        try {
            var open = open();
            DSL.using(open, SQLDialect.POSTGRES).transaction(transaction -> statements.run(transaction.dsl()));
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
        var opened = database.connect();
        connection = Optional.of(opened);
        return opened;
    }

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
                        .toList())
                .onConflict(EXCHANGES.OCCURRED_AT, EXCHANGES.ID)
                .doNothing();
    }

    private static Field<?> parameter(Field<?> column) {
        return column.equals(ExchangeRows.CLIENT_ADDRESS)
                ? DSL.field("{0}::inet", Object.class, DSL.val(null, SQLDataType.VARCHAR))
                : DSL.val(null, column);
    }
}
