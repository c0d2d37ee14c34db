package dev.portcullis.console.toolcalls.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static java.util.Objects.requireNonNull;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.portcullis.console.toolcalls.SeenValues;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallCursor;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallSummary;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads the audit trail, newest first, by walking along an index: the cost does not grow with what was
/// skipped.
@Repository
public class ToolCallQuery {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Field<String> CLIENT_ADDRESS =
            field("host({0})", String.class, name("client_address")).as("client_host");

    /// How far back names are looked for.
    private static final int RECENT = 2_000;

    private final DSLContext sql;

    public ToolCallQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Whole records.
    public List<ToolCall> list(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return sql.select(TOOL_CALLS.asterisk(), CLIENT_ADDRESS)
                .from(TOOL_CALLS)
                .where(conditions(filter, after))
                .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                .limit(limit)
                .fetch(ToolCallQuery::toolCall);
    }

    /// What a list shows of them.
    public List<ToolCallSummary> summaries(ToolCallFilter filter, Optional<ToolCallCursor> after, int limit) {
        return sql.select(
                        TOOL_CALLS.ID,
                        TOOL_CALLS.OCCURRED_AT,
                        TOOL_CALLS.ROUTE.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.METHOD.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.HTTP_METHOD.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.TOOL.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.ACTION.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.CALLER.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.CLIENT_NAME.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.RULES.convertFrom(List::of),
                        TOOL_CALLS.OUTCOME,
                        TOOL_CALLS.REFUSAL.convertFrom(Optional::ofNullable),
                        TOOL_CALLS.LATENCY_MICROS.convertFrom(Optional::ofNullable))
                .from(TOOL_CALLS)
                .where(conditions(filter, after))
                .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                .limit(limit)
                .fetch(mapping(ToolCallSummary::new));
    }

    public Optional<ToolCall> byId(UUID id) {
        return sql.select(TOOL_CALLS.asterisk(), CLIENT_ADDRESS)
                .from(TOOL_CALLS)
                .where(TOOL_CALLS.ID.eq(id))
                .fetchOptional(ToolCallQuery::toolCall);
    }

    /// Routes, tools and callers among the newest records.
    public SeenValues seen() {
        return new SeenValues(seen(TOOL_CALLS.ROUTE), seen(TOOL_CALLS.TOOL), seen(TOOL_CALLS.CALLER));
    }

    private List<String> seen(Field<String> column) {
        var recent = select(column)
                .from(TOOL_CALLS)
                .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                .limit(RECENT)
                .asTable("recent");
        var name = requireNonNull(recent.field(column));
        return sql.selectDistinct(name)
                .from(recent)
                .where(name.isNotNull())
                .orderBy(name)
                .fetch(name);
    }

    private static List<Condition> conditions(ToolCallFilter filter, Optional<ToolCallCursor> after) {
        var conditions = new ArrayList<Condition>();
        filter.route().map(TOOL_CALLS.ROUTE::eq).ifPresent(conditions::add);
        filter.tool().map(TOOL_CALLS.TOOL::eq).ifPresent(conditions::add);
        filter.caller().map(TOOL_CALLS.CALLER::eq).ifPresent(conditions::add);
        filter.outcome().map(TOOL_CALLS.OUTCOME::eq).ifPresent(conditions::add);
        filter.decision().map(TOOL_CALLS.DECISION::eq).ifPresent(conditions::add);
        filter.from().map(TOOL_CALLS.OCCURRED_AT::ge).ifPresent(conditions::add);
        filter.to().map(TOOL_CALLS.OCCURRED_AT::lt).ifPresent(conditions::add);
        after.map(cursor -> row(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.ID).lt(cursor.occurredAt(), cursor.id()))
                .ifPresent(conditions::add);
        return conditions;
    }

    private static ToolCall toolCall(Record row) {
        return new ToolCall(
                row.get(TOOL_CALLS.ID),
                row.get(TOOL_CALLS.OCCURRED_AT),
                Optional.ofNullable(row.get(TOOL_CALLS.COMPLETED_AT)),
                row.get(TOOL_CALLS.REPLICA),
                Optional.ofNullable(row.get(TOOL_CALLS.ORGANIZATION)),
                Optional.ofNullable(row.get(TOOL_CALLS.ROUTE)),
                Optional.ofNullable(row.get(TOOL_CALLS.ERA)),
                Optional.ofNullable(row.get(TOOL_CALLS.METHOD)),
                Optional.ofNullable(row.get(TOOL_CALLS.TOOL)),
                Optional.ofNullable(row.get(TOOL_CALLS.TOOL_CLASS)),
                Optional.ofNullable(row.get(TOOL_CALLS.ACTION)),
                Optional.ofNullable(row.get(TOOL_CALLS.CALLER)),
                Optional.ofNullable(row.get(TOOL_CALLS.CALLER_KIND)),
                List.of(row.get(TOOL_CALLS.CALLER_GROUPS)),
                Optional.ofNullable(row.get(TOOL_CALLS.CLIENT_NAME)),
                Optional.ofNullable(row.get(TOOL_CALLS.CLIENT_VERSION)),
                Optional.ofNullable(row.get(CLIENT_ADDRESS)),
                Optional.ofNullable(row.get(TOOL_CALLS.SESSION_HASH)),
                Optional.ofNullable(row.get(TOOL_CALLS.REQUEST_ID)),
                row.get(TOOL_CALLS.DECISION),
                List.of(row.get(TOOL_CALLS.RULES)),
                List.of(row.get(TOOL_CALLS.OBSERVED_RULES)),
                Optional.ofNullable(row.get(TOOL_CALLS.POLICY_VERSION)),
                row.get(TOOL_CALLS.OUTCOME),
                Optional.ofNullable(row.get(TOOL_CALLS.REFUSAL)),
                Optional.ofNullable(row.get(TOOL_CALLS.HTTP_METHOD)),
                Optional.ofNullable(row.get(TOOL_CALLS.HTTP_STATUS)),
                Optional.ofNullable(row.get(TOOL_CALLS.UPSTREAM_STATUS)),
                row.get(TOOL_CALLS.REQUEST_BYTES),
                row.get(TOOL_CALLS.RESPONSE_BYTES),
                Optional.ofNullable(row.get(TOOL_CALLS.DECISION_MICROS)),
                Optional.ofNullable(row.get(TOOL_CALLS.LATENCY_MICROS)),
                Optional.ofNullable(row.get(TOOL_CALLS.ARGUMENTS)).map(arguments -> JSON.readTree(arguments.data())),
                Optional.ofNullable(row.get(TOOL_CALLS.ARGUMENTS_DIGEST)),
                Optional.ofNullable(row.get(TOOL_CALLS.TRACE_ID)));
    }
}
