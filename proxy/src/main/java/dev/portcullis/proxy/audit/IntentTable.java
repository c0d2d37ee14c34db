package dev.portcullis.proxy.audit;

import static dev.portcullis.database.gateway.Tables.AUDIT_INTENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.sync.Database;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/// The table `gateway.audit_intents`, on one connection that is opened again after trouble. For one thread.
final class IntentTable implements AutoCloseable {
    /// What a call waits at most; then it is refused.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Executor AT_ONCE = Runnable::run;
    /// A replica that was not heard of for so long is gone, and not only away from the database.
    private static final Duration SILENCE = Duration.ofDays(1);

    private final Database database;
    private final String replica;
    private final Duration abandonedAfter;
    private Optional<Connection> connection = Optional.empty();

    /// @param abandonedAfter how old an intent is that no replica with the same limits can still be busy with
    IntentTable(Database database, String replica, Duration abandonedAfter) {
        this.database = database;
        this.replica = replica;
        this.abandonedAfter = abandonedAfter;
    }

    /// An intent that somebody else wrote.
    ///
    /// @param content as [RowCodec] writes rows
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Left(UUID exchange, byte[] content) {}

    /// What a process of this name before this one, or a replica that never came back, has left.
    List<Left> left() throws SQLException {
        return left(AUDIT_INTENTS.REPLICA.eq(replica).or(isAbandoned()));
    }

    /// What a replica that never came back has left, and what else is still there of these.
    List<Left> abandoned(Set<UUID> others) throws SQLException {
        return left(AUDIT_INTENTS.REPLICA.ne(replica).and(isAbandoned()).or(isAny(others)));
    }

    private List<Left> left(Condition wanted) throws SQLException {
        return sql().select(AUDIT_INTENTS.EXCHANGE, AUDIT_INTENTS.CONTENT)
                .from(AUDIT_INTENTS)
                .where(wanted)
                .orderBy(AUDIT_INTENTS.NOTED_AT)
                .fetch(Records.mapping(Left::new));
    }

    /// By the database's clock, which has said when it was noted. A replica that is heard of may have other limits
    /// than this one, and a record of ours would keep out the one that says how the exchange ended.
    private Condition isAbandoned() {
        return isBefore(AUDIT_INTENTS.NOTED_AT, abandonedAfter)
                .andNotExists(DSL.selectOne()
                        .from(REPLICAS)
                        .where(REPLICAS.REPLICA.eq(AUDIT_INTENTS.REPLICA))
                        .andNot(isBefore(REPLICAS.HEARTBEAT_AT, SILENCE)));
    }

    private static Condition isBefore(Field<OffsetDateTime> moment, Duration ago) {
        return DSL.condition("{0} < now() - make_interval(secs => {1})", moment, DSL.val((double) ago.toSeconds()));
    }

    private static Condition isAny(Collection<UUID> exchanges) {
        return AUDIT_INTENTS.EXCHANGE.eq(DSL.any(exchanges.toArray(UUID[]::new)));
    }

    /// Adds intents and removes others, all of it or nothing.
    void change(List<ExchangesRecord> adding, List<UUID> removing) throws SQLException {
        if (removing.isEmpty()) {
            add(sql(), adding);
        } else if (adding.isEmpty()) {
            remove(sql(), removing);
        } else {
            sql().transaction(transaction -> {
                add(transaction.dsl(), adding);
                remove(transaction.dsl(), removing);
            });
        }
    }

    private void add(DSLContext sql, List<ExchangesRecord> intents) {
        if (intents.isEmpty()) {
            return;
        }
        var insert =
                sql.insertInto(AUDIT_INTENTS, AUDIT_INTENTS.EXCHANGE, AUDIT_INTENTS.REPLICA, AUDIT_INTENTS.CONTENT);
        for (var intent : intents) {
            insert = insert.values(intent.getId(), replica, RowCodec.encode(intent));
        }
        insert.onConflictDoNothing().execute();
    }

    private static void remove(DSLContext sql, List<UUID> exchanges) {
        sql.deleteFrom(AUDIT_INTENTS).where(isAny(exchanges)).execute();
    }

    /// Whether the database answers.
    void check() throws SQLException {
        sql().selectOne().fetch();
    }

    /// After trouble: the next statement gets another connection.
    @Override
    public void close() {
        connection.ifPresent(broken -> {
            try {
                broken.abort(AT_ONCE);
            } catch (SQLException ignored) {
                // It is gone already.
            }
        });
        connection = Optional.empty();
    }

    private DSLContext sql() throws SQLException {
        if (connection.isEmpty()) {
            var opened = DurableCommits.connect(database);
            var usual = opened.getNetworkTimeout();
            var most = Math.toIntExact(PATIENCE.toMillis());
            opened.setNetworkTimeout(AT_ONCE, usual == 0 ? most : Math.min(usual, most));
            connection = Optional.of(opened);
        }
        return DSL.using(connection.get(), SQLDialect.POSTGRES);
    }
}
