package dev.portcullis.console.toolcalls.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.value;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.SeenValues;
import dev.portcullis.console.toolcalls.Stretch;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallSummary;
import dev.portcullis.database.LongWork;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

/// Reads the audit trail, newest first, by walking along an index piece by piece: the cost does not grow
/// with what was skipped, nor with what there is.
@Repository
public class ToolCallQuery {
    /// Where callers have sent `1e5000`, `jsonb` gives all of its digits.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    /// What callers have sent and were answered, and what lets one guess at it.
    private static final Set<Field<?>> PAYLOAD =
            Set.of(TOOL_CALLS.ARGUMENTS, TOOL_CALLS.ARGUMENTS_DIGEST, TOOL_CALLS.RESULT);

    /// The client's address as text.
    private static final Field<String> CLIENT_ADDRESS =
            field("host({0})", String.class, name("client_address")).as("client_host");

    /// What the driver holds at once while it is asked for one row after the other.
    private static final int ROWS_AT_ONCE = 50;

    /// How far back names are looked for.
    private static final int RECENT = 2_000;

    private final DSLContext sql;
    private final TrailWalk trail;

    public ToolCallQuery(DataSource database, TrailWalk trail) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.trail = trail;
    }

    /// Whole records.
    ///
    /// @param patience after which it answers with what it has
    /// @param payloads whether somebody is to see what callers have sent; otherwise it is not read
    public Stretch<ToolCall> list(
            ToolCallFilter filter, Optional<PageCursor> after, int limit, Duration patience, boolean payloads) {
        return trail.walk(
                route(filter, patience, ToolCall::cursor),
                after,
                limit,
                (piece, most) -> sql.select(columns(payloads))
                        .from(TOOL_CALLS)
                        .where(names(filter))
                        .and(piece)
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(most)
                        .fetch(ToolCallQuery::toolCall));
    }

    /// The next whole records of an export: as many as have payloads of about `bytes`, at least one, at
    /// most `limit`. Empty at the end.
    ///
    /// @param payloads as in [#list]
    public List<ToolCall> step(
            ToolCallFilter filter, Optional<PageCursor> after, int limit, long bytes, boolean payloads) {
        return sql.transactionResult(transaction -> {
            transaction.dsl().connection(LongWork::allow);
            var step = new ArrayList<ToolCall>();
            var left = bytes;
            try (var rows = transaction
                    .dsl()
                    .select(columns(payloads))
                    .from(TOOL_CALLS)
                    .where(names(filter))
                    .and(between(filter, after))
                    .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                    .limit(limit)
                    .fetchSize(ROWS_AT_ONCE)
                    .fetchLazy()) {
                for (var row : rows) {
                    step.add(toolCall(row));
                    left -= payload(row);
                    if (left <= 0) {
                        break;
                    }
                }
            }
            return step;
        });
    }

    private static Condition between(ToolCallFilter filter, Optional<PageCursor> after) {
        return filter.from()
                .map(TOOL_CALLS.OCCURRED_AT::ge)
                .orElse(noCondition())
                .and(filter.to().map(TOOL_CALLS.OCCURRED_AT::lt).orElse(noCondition()))
                .and(after.map(last ->
                                row(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.ID).lt(last.occurredAt(), last.id()))
                        .orElse(noCondition()));
    }

    private static List<Field<?>> columns(boolean payloads) {
        return columnsWithout(payloads ? Set.of() : PAYLOAD);
    }

    /// What [#toolCall] wants selected, with nothing in the columns that are left out: they are not read.
    public static List<Field<?>> columnsWithout(Set<Field<?>> out) {
        Stream<Field<?>> columns = Arrays.stream(Objects.requireNonNull(TOOL_CALLS.fields()))
                .map(column -> out.contains(column)
                        ? inline(null, column.getDataType()).as(column.getUnqualifiedName())
                        : column);
        return Stream.concat(columns, Stream.of(CLIENT_ADDRESS)).toList();
    }

    /// How much of a row is what the caller has sent and was answered, about in bytes. The rest is small.
    public static int payload(Record row) {
        return Stream.of(TOOL_CALLS.ARGUMENTS, TOOL_CALLS.RESULT)
                .flatMap(column -> Stream.ofNullable(row.get(column)))
                .mapToInt(json -> json.data().length())
                .sum();
    }

    /// What a list shows of them.
    public Stretch<ToolCallSummary> summaries(
            ToolCallFilter filter, Optional<PageCursor> after, int limit, Duration patience) {
        return trail.walk(
                route(filter, patience, ToolCallSummary::cursor),
                after,
                limit,
                (piece, most) -> sql.select(
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
                                TOOL_CALLS.LATENCY_MICROS.convertFrom(Optional::ofNullable),
                                TOOL_CALLS.EXCHANGES.convertFrom(Optional::ofNullable))
                        .from(TOOL_CALLS)
                        .where(names(filter))
                        .and(piece)
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(most)
                        .fetch(mapping(ToolCallSummary::new)));
    }

    /// @param payloads as in [#list]
    public Optional<ToolCall> byId(UUID id, boolean payloads) {
        return trail.byId(
                id,
                wanted -> sql.select(columns(payloads))
                        .from(TOOL_CALLS)
                        .where(wanted)
                        .fetchOptional(ToolCallQuery::toolCall));
    }

    /// Names among the newest records, and how many of these have them.
    public SeenValues seen() {
        var newest = trail.newest(
                RECENT,
                ToolCallQuery::place,
                (piece, most) -> sql.select(
                                TOOL_CALLS.OCCURRED_AT,
                                TOOL_CALLS.ID,
                                TOOL_CALLS.ROUTE,
                                TOOL_CALLS.TOOL,
                                TOOL_CALLS.CALLER,
                                TOOL_CALLS.CLIENT_NAME,
                                TOOL_CALLS.RULES)
                        .from(TOOL_CALLS)
                        .where(piece)
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(most)
                        .fetch());
        return new SeenValues(
                counted(newest, TOOL_CALLS.ROUTE),
                counted(newest, TOOL_CALLS.TOOL),
                counted(newest, TOOL_CALLS.CALLER),
                counted(newest, TOOL_CALLS.CLIENT_NAME),
                counted(newest.stream().map(row -> row.get(TOOL_CALLS.RULES)).flatMap(Arrays::stream)),
                newest.size());
    }

    private static List<SeenValues.Seen> counted(List<? extends Record> rows, Field<String> column) {
        return counted(rows.stream().flatMap(row -> Stream.ofNullable(row.get(column))));
    }

    private static List<SeenValues.Seen> counted(Stream<String> names) {
        return names
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new SeenValues.Seen(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static PageCursor place(Record row) {
        return new PageCursor(row.get(TOOL_CALLS.OCCURRED_AT), row.get(TOOL_CALLS.ID));
    }

    private static <T> TrailWalk.Route<T> route(
            ToolCallFilter filter, Duration patience, Function<T, PageCursor> place) {
        return new TrailWalk.Route<>(filter.from(), filter.to(), !names(filter).isEmpty(), patience, place);
    }

    /// What is wanted besides a time. A decision stands in the statement itself, so that every plan of it
    /// knows whether the index of what was not allowed has the answer.
    private static List<Condition> names(ToolCallFilter filter) {
        var names = new ArrayList<Condition>();
        filter.route().map(TOOL_CALLS.ROUTE::eq).ifPresent(names::add);
        filter.tool().map(TOOL_CALLS.TOOL::eq).ifPresent(names::add);
        filter.caller().map(TOOL_CALLS.CALLER::eq).ifPresent(names::add);
        filter.client().map(TOOL_CALLS.CLIENT_NAME::eq).ifPresent(names::add);
        if (filter.outcomes().size() == 1) {
            names.add(TOOL_CALLS.OUTCOME.eq(filter.outcomes().getFirst()));
        } else if (!filter.outcomes().isEmpty()) {
            names.add(TOOL_CALLS.OUTCOME.in(filter.outcomes()));
        }
        filter.rule().map(rule -> value(rule).eq(any(TOOL_CALLS.RULES))).ifPresent(names::add);
        filter.text().map(ToolCallQuery::mentions).ifPresent(names::add);
        filter.decision()
                .map(decision -> TOOL_CALLS.DECISION.eq(inline(decision)))
                .ifPresent(names::add);
        return names;
    }

    /// As in [ToolCallFilter#text].
    private static Condition mentions(String text) {
        var some = text.toLowerCase(Locale.ROOT);
        return DSL.or(
                        TOOL_CALLS.TOOL.containsIgnoreCase(text),
                        TOOL_CALLS.ACTION.containsIgnoreCase(text),
                        TOOL_CALLS.CALLER.containsIgnoreCase(text),
                        TOOL_CALLS.CLIENT_NAME.containsIgnoreCase(text),
                        TOOL_CALLS.REFUSAL.containsIgnoreCase(text),
                        TOOL_CALLS.TRACE_ID.eq(some),
                        TOOL_CALLS.SESSION_HASH.eq(some))
                .or(uuid(some).map(TOOL_CALLS.ID::eq).orElse(falseCondition()));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A whole record from a row of the view, see [#columnsWithout].
    public static ToolCall toolCall(Record row) {
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
                Optional.ofNullable(row.get(TOOL_CALLS.TRACE_ID)),
                Optional.ofNullable(row.get(TOOL_CALLS.HIDDEN_TOOLS)).map(names -> List.of(names)),
                Optional.ofNullable(row.get(TOOL_CALLS.RESULT)).map(result -> JSON.readTree(result.data())),
                Optional.ofNullable(row.get(TOOL_CALLS.EXCHANGES)));
    }
}
