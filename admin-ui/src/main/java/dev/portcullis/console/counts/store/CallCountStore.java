package dev.portcullis.console.counts.store;

import static dev.portcullis.database.gateway.Tables.CALL_COUNT_CURSORS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.excluded;

import dev.portcullis.console.counts.Grain;
import dev.portcullis.console.trail.query.TrailQuery;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

/// Counts the records of every chain in its order: counts and cursors move in one transaction, so that each record is
/// counted once whenever it comes, and whoever stops in between has counted nothing.
@Repository
public class CallCountStore {
    private static final int ROWS_AT_ONCE = 10_000;

    /// Grains come with the time from which on they are kept, so that an old record leaves no rows that are deleted
    /// at once.
    private static final String COUNT = """
            with places as (select * from unnest(?::uuid[], ?::bigint[], ?::bigint[]) as place (chain, after, until)),
            fresh as materialized (
                select e.occurred_at, e.route, e.tool, e.caller, e.rules, e.observed_rules, e.decision, e.outcome,
                       e.latency_micros, coalesce(e.exchanges, 1) as exchanges
                from places cross join lateral (
                    select * from audit.exchanges e
                    where e.chain = places.chain and e.sequence > places.after and e.sequence <= places.until) e),
            grains (grain, width, since) as (
                values ('5m', interval '5 minutes', ?::timestamptz), ('1h', interval '1 hour', ?::timestamptz),
                       ('1d', interval '1 day', '-infinity'::timestamptz)),
            subjects (occurred_at, subject, name, outcome, exchanges) as (
                select occurred_at, 'all', '', outcome, exchanges from fresh
                union all select occurred_at, 'route', left(route, 256), outcome, exchanges
                          from fresh where route is not null
                union all select occurred_at, 'tool', left(tool, 256), outcome, exchanges
                          from fresh where tool is not null
                union all select occurred_at, 'caller', left(caller, 256), outcome, exchanges
                          from fresh where caller is not null
                union all select occurred_at, 'rule', left(rule, 256), outcome, exchanges
                          from fresh cross join unnest(rules) as rule where decision = 'denied'
                union all select occurred_at, 'observed_rule', left(rule, 256), outcome, exchanges
                          from fresh cross join unnest(observed_rules) as rule),
            counted as (
                insert into gateway.call_counts (grain, at, subject, name, outcome, calls)
                select grain, date_bin(width, occurred_at, '2000-01-01T00:00:00Z'), subject, name, outcome, sum(exchanges)
                from subjects join grains on occurred_at >= since
                group by 1, 2, 3, 4, 5
                on conflict (subject, grain, at, name, outcome) do update set calls = call_counts.calls + excluded.calls)
            insert into gateway.call_latencies (grain, at, bucket, calls)
            select grain, date_bin(width, occurred_at, '2000-01-01T00:00:00Z'),
                   floor(4 * ln(greatest(latency_micros, 1)::float8) / ln(2::float8))::smallint, count(*)
            from fresh join grains on occurred_at >= since
            where latency_micros is not null and tool is not null and decision = 'allowed'
                  and outcome in ('succeeded', 'tool_error', 'protocol_error', 'input_required')
            group by 1, 2, 3
            on conflict (grain, at, bucket) do update set calls = call_latencies.calls + excluded.calls
            """;

    private static final List<String> TABLES = List.of("call_counts", "call_latencies");

    private final DSLContext sql;

    public CallCountStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Counts at most `most` records, of one chain after another; none while another console counts.
    ///
    /// @return how many places in chains were passed
    public long count(int most, OffsetDateTime now) {
        return sql.transactionResult(transaction -> {
            var dsl = transaction.dsl();
            if (!isOurs(dsl)) {
                return 0L;
            }
            var steps = steps(dsl, most);
            if (steps.stream().anyMatch(Step::moves)) {
                dsl.execute(
                        COUNT,
                        steps.stream().map(Step::chain).toArray(UUID[]::new),
                        steps.stream().map(Step::after).toArray(Long[]::new),
                        steps.stream().map(Step::until).toArray(Long[]::new),
                        Grain.FIVE_MINUTES.since(now).orElseThrow(),
                        Grain.HOUR.since(now).orElseThrow());
            }
            steps.forEach(step -> move(dsl, step));
            return steps.stream().mapToLong(step -> step.until() - step.after()).sum();
        });
    }

    /// Deletes some of what is older than its grain is kept, and of what is about parts that were dropped.
    ///
    /// @return whether there is more; also when another console is at it
    public boolean tidy(OffsetDateTime now) {
        return sql.transactionResult(transaction -> {
            var dsl = transaction.dsl();
            if (!isOurs(dsl)) {
                return true;
            }
            var deleted = new ArrayList<Integer>();
            for (var table : TABLES) {
                for (var grain : Grain.values()) {
                    grain.since(now).ifPresent(since -> deleted.add(deleteOldGrain(dsl, table, grain, since)));
                }
                deleted.add(deleteOfDroppedParts(dsl, table));
            }
            return deleted.contains(ROWS_AT_ONCE);
        });
    }

    private static int deleteOldGrain(DSLContext dsl, String table, Grain grain, OffsetDateTime since) {
        return dsl.execute("""
                        delete from gateway.%1$s where ctid in (
                            select ctid from gateway.%1$s where grain = ? and at < ?::timestamptz limit %2$s)""".formatted(table, ROWS_AT_ONCE), grain.inDatabase(), since);
    }

    /// Days begin and end where parts do. What came while its time had no part is in `exchanges_elsewhen` and stays
    /// there, but its counts go: nobody asks for a time long before the first record.
    private static int deleteOfDroppedParts(DSLContext dsl, String table) {
        return dsl.execute("""
                delete from gateway.%1$s where ctid in (
                    select ctid from gateway.%1$s counted
                    where at < now() - interval '1 day' and not exists (
                        select from audit.parts() part
                        where part.starts <= counted.at and part.ends > counted.at)
                    limit %2$s)""".formatted(table, ROWS_AT_ONCE));
    }

    private static boolean isOurs(DSLContext dsl) {
        return dsl.fetchSingle("select gateway.try_to_count_calls()").get(0, boolean.class);
    }

    /// What is counted of a chain.
    private record Step(UUID chain, long after, long until, long head) {
        boolean moves() {
            return until > after;
        }
    }

    /// A chain without a cursor begins before its first record, so that what retention has taken of it is not walked
    /// through.
    private static List<Step> steps(DSLContext dsl, int most) {
        var heads = TrailQuery.heads(dsl).sequences();
        var cursors = dsl.select(CALL_COUNT_CURSORS.CHAIN, CALL_COUNT_CURSORS.SEQUENCE)
                .from(CALL_COUNT_CURSORS)
                .fetchMap(CALL_COUNT_CURSORS.CHAIN, CALL_COUNT_CURSORS.SEQUENCE);
        var firsts = cursors.keySet().containsAll(heads.keySet()) ? Map.<UUID, Long>of() : TrailQuery.beforeFirst(dsl);
        var steps = new ArrayList<Step>();
        var left = most;
        for (var head : heads.entrySet()) {
            var chain = head.getKey();
            var after = cursors.getOrDefault(chain, firsts.getOrDefault(chain, 0L));
            if (head.getValue() > after || !cursors.containsKey(chain)) {
                var until = Math.min(head.getValue(), after + left);
                left -= (int) (until - after);
                steps.add(new Step(chain, after, until, head.getValue()));
            }
        }
        return steps;
    }

    private static void move(DSLContext dsl, Step step) {
        dsl.insertInto(
                        CALL_COUNT_CURSORS,
                        CALL_COUNT_CURSORS.CHAIN,
                        CALL_COUNT_CURSORS.SEQUENCE,
                        CALL_COUNT_CURSORS.SEEN)
                .values(step.chain(), step.until(), step.head())
                .onConflict(CALL_COUNT_CURSORS.CHAIN)
                .doUpdate()
                .set(CALL_COUNT_CURSORS.SEQUENCE, excluded(CALL_COUNT_CURSORS.SEQUENCE))
                .set(CALL_COUNT_CURSORS.SEEN, excluded(CALL_COUNT_CURSORS.SEEN))
                .set(CALL_COUNT_CURSORS.MOVED_AT, currentOffsetDateTime())
                .execute();
    }
}
