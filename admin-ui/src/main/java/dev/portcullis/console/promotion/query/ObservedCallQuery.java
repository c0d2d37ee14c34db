package dev.portcullis.console.promotion.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;

import dev.portcullis.console.promotion.ObservedCalls;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;

import javax.sql.DataSource;

/// Counts what rules that observe would have refused, among the newest records that name any rule, along an index that
/// has no others: the cost does not grow with what was allowed, and at most [#MOST] are looked at.
@Repository
public class ObservedCallQuery {
    private static final int MOST = 100_000;
    private static final int TOP = 50;

    /// In the words of the index, so that the planner knows it.
    private static final Condition NAMES_RULES = condition("(rules <> '{}' or observed_rules <> '{}')");

    private final DSLContext sql;

    public ObservedCallQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public ObservedCalls observed(String rule, OffsetDateTime since) {
        return sql.transactionResult(transaction -> {
            transaction.dsl().execute("set local statement_timeout = '10s'");
            var recent = TOOL_CALLS.as("recent");
            var newest = DSL.select(TOOL_CALLS.CALLER, TOOL_CALLS.TOOL, TOOL_CALLS.OBSERVED_RULES)
                    .from(TOOL_CALLS)
                    .where(NAMES_RULES)
                    .and(TOOL_CALLS.OCCURRED_AT.ge(since))
                    .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                    .limit(MOST)
                    .asTable(recent.getName());
            var looked =
                    transaction.dsl().select(count()).from(newest).fetchSingle().value1();
            var caller = coalesce(recent.CALLER, inline(""));
            var tool = coalesce(recent.TOOL, inline(""));
            var top = transaction
                    .dsl()
                    .select(caller, tool, count().cast(Long.class))
                    .from(newest)
                    .where(recent.OBSERVED_RULES.contains(new String[] {rule}))
                    .groupBy(caller, tool)
                    .orderBy(count().desc(), caller, tool)
                    .fetch(mapping(ObservedCalls.Top::new));
            return new ObservedCalls(
                    since,
                    looked,
                    looked < MOST,
                    top.stream().mapToLong(ObservedCalls.Top::calls).sum(),
                    top.stream().limit(TOP).toList());
        });
    }
}
