package dev.portcullis.console.trail;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

/// A chain that a test writes to as a replica does: each batch in one transaction. Its hashes are not
/// looked at here.
public final class ChainedCalls {
    private final DataSource database;
    private final UUID chain = UUID.randomUUID();
    private final List<String> ids = new ArrayList<>();
    private long sequence;

    public ChainedCalls(DataSource database) {
        this.database = database;
    }

    public UUID chain() {
        return chain;
    }

    /// The ids of all its calls, in order.
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /// Records `count` calls of `tool` now.
    public void record(int count, String tool) {
        record(count, tool, OffsetDateTime.now(ZoneOffset.UTC));
    }

    public void record(int count, String tool, OffsetDateTime occurredAt) {
        var insert = DSL.using(database, SQLDialect.POSTGRES)
                .insertInto(
                        EXCHANGES,
                        EXCHANGES.ID,
                        EXCHANGES.OCCURRED_AT,
                        EXCHANGES.REPLICA,
                        EXCHANGES.ROUTE,
                        EXCHANGES.METHOD,
                        EXCHANGES.TOOL,
                        EXCHANGES.CALLER,
                        EXCHANGES.DECISION,
                        EXCHANGES.OUTCOME,
                        EXCHANGES.ARGUMENTS,
                        EXCHANGES.ARGUMENTS_DIGEST,
                        EXCHANGES.CHAIN,
                        EXCHANGES.SEQUENCE,
                        EXCHANGES.HASH);
        for (var i = 0; i < count; i++) {
            var id = UUID.randomUUID();
            ids.add(id.toString());
            insert = insert.values(
                    id,
                    occurredAt,
                    "replica-1",
                    "port-eu",
                    "tools/call",
                    tool,
                    "key:ci",
                    "allowed",
                    "succeeded",
                    JSONB.valueOf("{\"entity\": \"Zürich\"}"),
                    "sha256:short",
                    chain,
                    ++sequence,
                    new byte[32]);
        }
        insert.execute();
    }

    /// Leaves out places, as if those records had been there and were dropped.
    public void skip(int count) {
        sequence += count;
    }

    /// Drops all its records, as retention does with whole parts.
    public void drop() {
        dropBehind(0);
    }

    /// Drops its records behind this one.
    public void dropBehind(long last) {
        DSL.using(database, SQLDialect.POSTGRES).transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            transaction
                    .dsl()
                    .deleteFrom(EXCHANGES)
                    .where(EXCHANGES.CHAIN.eq(chain))
                    .and(EXCHANGES.SEQUENCE.gt(last))
                    .execute();
        });
    }
}
