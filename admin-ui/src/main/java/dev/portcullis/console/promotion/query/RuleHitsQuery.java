package dev.portcullis.console.promotion.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;

import dev.portcullis.console.promotion.RuleHits;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;

import javax.sql.DataSource;

/// Counts what rules that observe would have refused, among the newest records: at most [#MOST] are looked at, so
/// that
/// it takes the same however long the trail is.
@Repository
public class RuleHitsQuery {
    private static final int MOST = 200_000;
    private static final int TOP = 50;

    private final DSLContext sql;

    public RuleHitsQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public RuleHits observed(String rule, OffsetDateTime since) {
        return sql.transactionResult(transaction -> {
            transaction.dsl().execute("set local statement_timeout = '10s'");
            var recent = TOOL_CALLS.as("recent");
            var newest = DSL.select(TOOL_CALLS.CALLER, TOOL_CALLS.TOOL, TOOL_CALLS.OBSERVED_RULES)
                    .from(TOOL_CALLS)
                    .where(TOOL_CALLS.OCCURRED_AT.ge(since))
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
                    .fetch(mapping(RuleHits.Hit::new));
            return new RuleHits(
                    since,
                    looked,
                    looked < MOST,
                    top.stream().mapToLong(RuleHits.Hit::calls).sum(),
                    top.stream().limit(TOP).toList());
        });
    }
}
