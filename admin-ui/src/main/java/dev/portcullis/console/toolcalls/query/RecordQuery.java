package dev.portcullis.console.toolcalls.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
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
    private final TrailWalk trail;
    private final TrailBorders borders;

    public RecordQuery(DataSource database, TrailWalk trail, TrailBorders borders) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.trail = trail;
        this.borders = borders;
    }

    /// Records that began in `[from, to)`, oldest first.
    ///
    /// @param after the last one of the page before
    public List<RecordedExchange> page(Instant from, Instant to, Optional<RecordedExchange> after, int limit) {
        var end = to.atOffset(ZoneOffset.UTC);
        var found = new ArrayList<RecordedExchange>();
        var lower = after.map(RecordedExchange::occurredAt).orElse(from).atOffset(ZoneOffset.UTC);
        while (found.size() < limit && lower.isBefore(end)) {
            var upper = borders.after(lower).filter(end::isAfter).orElse(end);
            var piece = TOOL_CALLS.OCCURRED_AT.ge(lower).and(TOOL_CALLS.OCCURRED_AT.lt(upper));
            found.addAll(read(after.map(RecordQuery::behind).map(piece::and).orElse(piece), limit - found.size()));
            lower = upper;
        }
        return found;
    }

    public Optional<RecordedExchange> byId(UUID id) {
        return trail.byId(id, wanted -> read(wanted, 1).stream().findFirst());
    }

    private static Condition behind(RecordedExchange last) {
        return row(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.ID).gt(last.occurredAt().atOffset(ZoneOffset.UTC), last.id());
    }

    /// What hidden values are recognized by; absent when no replica has ever made the key.
    public Optional<ValueDigests> digests() {
        return sql.select(SEAL_KEY.KEY)
                .from(SEAL_KEY)
                .fetchOptional(SEAL_KEY.KEY)
                .map(ValueDigests::new);
    }

    private List<RecordedExchange> read(Condition wanted, int limit) {
        return sql.select(
                        TOOL_CALLS.ID,
                        TOOL_CALLS.OCCURRED_AT,
                        TOOL_CALLS.ORGANIZATION,
                        TOOL_CALLS.ROUTE,
                        TOOL_CALLS.METHOD,
                        TOOL_CALLS.TOOL,
                        TOOL_CALLS.CALLER,
                        TOOL_CALLS.CALLER_KIND,
                        TOOL_CALLS.CALLER_GROUPS,
                        TOOL_CALLS.CALLER_VERIFIED,
                        TOOL_CALLS.CLIENT_NAME,
                        TOOL_CALLS.CLIENT_VERSION,
                        CLIENT_ADDRESS,
                        TOOL_CALLS.DECISION,
                        TOOL_CALLS.RULES,
                        TOOL_CALLS.POLICY_VERSION,
                        TOOL_CALLS.ARGUMENTS,
                        TOOL_CALLS.POLICY_FACTS)
                .from(TOOL_CALLS)
                .where(wanted)
                .orderBy(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.ID)
                .limit(limit)
                .fetch(RecordQuery::exchange);
    }

    private static RecordedExchange exchange(Record row) {
        var version = row.get(TOOL_CALLS.POLICY_VERSION);
        return new RecordedExchange(
                row.get(TOOL_CALLS.ID),
                row.get(TOOL_CALLS.OCCURRED_AT).toInstant(),
                Optional.ofNullable(row.get(TOOL_CALLS.ORGANIZATION)),
                Optional.ofNullable(row.get(TOOL_CALLS.ROUTE)),
                Optional.ofNullable(row.get(TOOL_CALLS.METHOD)),
                Optional.ofNullable(row.get(TOOL_CALLS.TOOL)),
                Optional.ofNullable(row.get(TOOL_CALLS.CALLER)),
                Optional.ofNullable(row.get(TOOL_CALLS.CALLER_KIND)),
                List.of(row.get(TOOL_CALLS.CALLER_GROUPS)),
                Boolean.TRUE.equals(row.get(TOOL_CALLS.CALLER_VERIFIED)),
                Optional.ofNullable(row.get(TOOL_CALLS.CLIENT_NAME)),
                Optional.ofNullable(row.get(TOOL_CALLS.CLIENT_VERSION)),
                Optional.ofNullable(row.get(CLIENT_ADDRESS)).map(InetAddress::ofLiteral),
                row.get(TOOL_CALLS.DECISION),
                List.of(row.get(TOOL_CALLS.RULES)),
                version == null ? OptionalLong.empty() : OptionalLong.of(version),
                Optional.ofNullable(row.get(TOOL_CALLS.ARGUMENTS)).map(JSONB::data),
                Optional.ofNullable(row.get(TOOL_CALLS.POLICY_FACTS)).map(JSONB::data));
    }
}
