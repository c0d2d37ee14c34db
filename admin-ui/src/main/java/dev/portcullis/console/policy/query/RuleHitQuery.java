package dev.portcullis.console.policy.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.portcullis.console.policy.RuleHits;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

/// Counts hits of rules among the newest records that name any, along an index that has no others: the cost does not
/// grow with what was allowed, and what is counted is bounded.
@Repository
public class RuleHitQuery {
    /// In the words of the index, so that the planner knows it.
    private static final Condition NAMES_RULES = condition("(rules <> '{}' or observed_rules <> '{}')");

    private static final Field<String> RULE = field(name("rule"), String.class);
    private static final Field<Boolean> DENIED = field(name("denied"), Boolean.class);
    private static final Field<OffsetDateTime> OCCURRED_AT = field(name("occurred_at"), OffsetDateTime.class);

    private final DSLContext sql;

    public RuleHitQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @param most how many records are counted; the newest
    public RuleHits hits(OffsetDateTime from, OffsetDateTime to, int most, Duration patience) {
        var newest = name("newest")
                .as(select(TOOL_CALLS.OCCURRED_AT, TOOL_CALLS.RULES, TOOL_CALLS.OBSERVED_RULES)
                        .from(TOOL_CALLS)
                        .where(NAMES_RULES)
                        .and(TOOL_CALLS.OCCURRED_AT.ge(from))
                        .and(TOOL_CALLS.OCCURRED_AT.lt(to))
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(most));
        var named = name("named")
                .as(select(
                                field("unnest(rules)", String.class).as(RULE),
                                inline(true).as(DENIED))
                        .from(newest)
                        .unionAll(select(
                                        field("unnest(observed_rules)", String.class)
                                                .as(RULE),
                                        inline(false).as(DENIED))
                                .from(newest)));
        var records = field(selectCount().from(newest)).as("records");
        var oldest = field(select(min(OCCURRED_AT)).from(newest)).as("oldest");
        var denied = count().filterWhere(condition(DENIED)).as("refusals");
        var observed = count().filterWhere(DSL.not(condition(DENIED))).as("observations");
        var rows = sql.with(newest)
                .with(named)
                .select(RULE, denied, observed, records, oldest)
                .from(named)
                .groupBy(RULE)
                .orderBy(count().desc(), RULE)
                .queryTimeout((int) patience.toSeconds())
                .fetch();
        var complete = rows.isEmpty() || rows.getFirst().get(records) < most;
        var items = rows.map(row -> new RuleHits.Hits(row.get(RULE), row.get(denied), row.get(observed)));
        var counted = complete ? from : rows.getFirst().get(oldest).withOffsetSameInstant(ZoneOffset.UTC);
        return new RuleHits(counted.toInstant(), to.toInstant(), complete, List.copyOf(items));
    }
}
