package dev.portcullis.console.toolcalls.query;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.gateway.Tables.SEAL_KEY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;

import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.recorded.RecordedExchange;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads records as a policy asks for them, oldest first, page by page along an index: a replay of many
/// holds few of them, and no connection while it decides.
@Repository
public class RecordQuery {
    private static final Field<String> CLIENT_ADDRESS =
            field("host({0})", String.class, name("client_address")).as("client_host");

    private final DSLContext sql;

    public RecordQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Records that began in `[from, to)`, oldest first.
    ///
    /// @param after the last one of the page before
    public List<RecordedExchange> page(Instant from, Instant to, Optional<RecordedExchange> after, int limit) {
        var conditions = new ArrayList<Condition>();
        conditions.add(EXCHANGES.OCCURRED_AT.ge(from.atOffset(ZoneOffset.UTC)));
        conditions.add(EXCHANGES.OCCURRED_AT.lt(to.atOffset(ZoneOffset.UTC)));
        after.map(last -> row(EXCHANGES.OCCURRED_AT, EXCHANGES.ID)
                        .gt(last.occurredAt().atOffset(ZoneOffset.UTC), last.id()))
                .ifPresent(conditions::add);
        return read(conditions, limit);
    }

    public Optional<RecordedExchange> byId(UUID id) {
        return read(List.of(EXCHANGES.ID.eq(id)), 1).stream().findFirst();
    }

    /// The newest records, newest first.
    public List<RecordedExchange> newest(int limit) {
        return read(List.of(), List.of(EXCHANGES.OCCURRED_AT.desc(), EXCHANGES.ID.desc()), limit);
    }

    /// What hidden values are recognized by; absent when no replica has ever made the key.
    public Optional<ValueDigests> digests() {
        return sql.select(SEAL_KEY.KEY)
                .from(SEAL_KEY)
                .fetchOptional(SEAL_KEY.KEY)
                .map(ValueDigests::new);
    }

    private List<RecordedExchange> read(List<Condition> conditions, int limit) {
        return read(conditions, List.of(EXCHANGES.OCCURRED_AT.asc(), EXCHANGES.ID.asc()), limit);
    }

    private List<RecordedExchange> read(List<Condition> conditions, List<SortField<?>> order, int limit) {
        return sql.select(
                        EXCHANGES.ID,
                        EXCHANGES.OCCURRED_AT,
                        EXCHANGES.ORGANIZATION,
                        EXCHANGES.ROUTE,
                        EXCHANGES.METHOD,
                        EXCHANGES.TOOL,
                        EXCHANGES.CALLER,
                        EXCHANGES.CALLER_KIND,
                        EXCHANGES.CALLER_GROUPS,
                        EXCHANGES.CALLER_VERIFIED,
                        EXCHANGES.CLIENT_NAME,
                        EXCHANGES.CLIENT_VERSION,
                        CLIENT_ADDRESS,
                        EXCHANGES.DECISION,
                        EXCHANGES.RULES,
                        EXCHANGES.POLICY_VERSION,
                        EXCHANGES.ARGUMENTS,
                        EXCHANGES.POLICY_FACTS)
                .from(EXCHANGES)
                .where(conditions)
                .orderBy(order)
                .limit(limit)
                .fetch(RecordQuery::exchange);
    }

    private static RecordedExchange exchange(Record row) {
        var version = row.get(EXCHANGES.POLICY_VERSION);
        return new RecordedExchange(
                row.get(EXCHANGES.ID),
                row.get(EXCHANGES.OCCURRED_AT).toInstant(),
                Optional.ofNullable(row.get(EXCHANGES.ORGANIZATION)),
                Optional.ofNullable(row.get(EXCHANGES.ROUTE)),
                Optional.ofNullable(row.get(EXCHANGES.METHOD)),
                Optional.ofNullable(row.get(EXCHANGES.TOOL)),
                Optional.ofNullable(row.get(EXCHANGES.CALLER)),
                Optional.ofNullable(row.get(EXCHANGES.CALLER_KIND)),
                List.of(row.get(EXCHANGES.CALLER_GROUPS)),
                Boolean.TRUE.equals(row.get(EXCHANGES.CALLER_VERIFIED)),
                Optional.ofNullable(row.get(EXCHANGES.CLIENT_NAME)),
                Optional.ofNullable(row.get(EXCHANGES.CLIENT_VERSION)),
                Optional.ofNullable(row.get(CLIENT_ADDRESS)).map(InetAddress::ofLiteral),
                row.get(EXCHANGES.DECISION),
                List.of(row.get(EXCHANGES.RULES)),
                version == null ? OptionalLong.empty() : OptionalLong.of(version),
                Optional.ofNullable(row.get(EXCHANGES.ARGUMENTS)).map(JSONB::data),
                Optional.ofNullable(row.get(EXCHANGES.POLICY_FACTS)).map(JSONB::data));
    }
}
