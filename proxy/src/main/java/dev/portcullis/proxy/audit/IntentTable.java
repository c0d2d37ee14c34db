package dev.portcullis.proxy.audit;

import static dev.portcullis.database.gateway.Tables.AUDIT_INTENTS;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/// The table `gateway.audit_intents`, on one connection that is opened again after trouble. For one thread.
final class IntentTable implements AutoCloseable {
    /// What a call waits at most; then it is refused.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Executor AT_ONCE = Runnable::run;
    /// What no replica can still be busy with.
    private static final int ABANDONED_DAYS = 2;

    private final Database database;
    private final String replica;
    private Optional<Connection> connection = Optional.empty();

    IntentTable(Database database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    /// What a replica of this name, or one that never came back, has left.
    List<byte[]> left() throws SQLException {
        return sql().select(AUDIT_INTENTS.CONTENT)
                .from(AUDIT_INTENTS)
                .where(AUDIT_INTENTS.REPLICA.eq(replica))
                .or(AUDIT_INTENTS.NOTED_AT.lt(OffsetDateTime.now(ZoneOffset.UTC).minusDays(ABANDONED_DAYS)))
                .orderBy(AUDIT_INTENTS.NOTED_AT)
                .fetch(AUDIT_INTENTS.CONTENT);
    }

    /// Writes all of them, or none.
    void add(List<ExchangesRecord> intents) throws SQLException {
        var insert =
                sql().insertInto(AUDIT_INTENTS, AUDIT_INTENTS.EXCHANGE, AUDIT_INTENTS.REPLICA, AUDIT_INTENTS.CONTENT);
        for (var intent : intents) {
            insert = insert.values(intent.getId(), replica, RowCodec.encode(intent));
        }
        insert.onConflictDoNothing().execute();
    }

    void remove(List<UUID> exchanges) throws SQLException {
        sql().deleteFrom(AUDIT_INTENTS)
                .where(AUDIT_INTENTS.EXCHANGE.eq(DSL.any(exchanges.toArray(UUID[]::new))))
                .execute();
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
            opened.setNetworkTimeout(AT_ONCE, Math.toIntExact(PATIENCE.toMillis()));
            connection = Optional.of(opened);
        }
        return DSL.using(connection.get(), SQLDialect.POSTGRES);
    }
}
