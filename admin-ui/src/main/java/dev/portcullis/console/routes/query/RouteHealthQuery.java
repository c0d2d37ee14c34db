package dev.portcullis.console.routes.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.impl.DSL.arrayAggDistinct;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.unnest;

import dev.portcullis.console.routes.RouteHealth;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads how upstreams have answered. Each route costs a walk over a bounded part of the index of its records.
@Repository
public class RouteHealthQuery {
    private static final String FAILED = "upstream_failed";
    private static final List<String> ANSWERED = List.of("succeeded", "tool_error", "protocol_error", "input_required");

    private final DSLContext sql;

    public RouteHealthQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// By route; one to which nothing was sent is left out.
    public Map<String, RouteHealth> of(Collection<String> routes, Instant from) {
        var names = unnest(routes.toArray(String[]::new)).as("names", "name");
        var name = names.field("name", String.class);
        var recent = lateral(select(TOOL_CALLS.OUTCOME, TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.REPLICA)
                        .from(TOOL_CALLS)
                        .where(TOOL_CALLS.ROUTE.eq(name))
                        .and(TOOL_CALLS.OCCURRED_AT.ge(OffsetDateTime.ofInstant(from, ZoneOffset.UTC)))
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(RouteHealth.MOST))
                .as("recent");
        var outcome = Objects.requireNonNull(recent.field(TOOL_CALLS.OUTCOME));
        var occurredAt = recent.field(TOOL_CALLS.OCCURRED_AT);
        var replica = recent.field(TOOL_CALLS.REPLICA);
        var found = new HashMap<String, RouteHealth>();
        sql.select(
                        name,
                        count().filterWhere(outcome.in(ANSWERED)),
                        count().filterWhere(outcome.eq(FAILED)),
                        max(occurredAt).filterWhere(outcome.in(ANSWERED)),
                        max(occurredAt).filterWhere(outcome.eq(FAILED)),
                        arrayAggDistinct(replica).filterWhere(outcome.eq(FAILED)))
                .from(names)
                .crossJoin(recent)
                .groupBy(name)
                .forEach(row -> found.put(
                        row.value1(),
                        new RouteHealth(
                                row.value2(),
                                row.value3(),
                                Optional.ofNullable(row.value4()),
                                Optional.ofNullable(row.value5()),
                                Optional.ofNullable(row.value6())
                                        .map(Arrays::asList)
                                        .orElse(List.of()))));
        return found;
    }
}
