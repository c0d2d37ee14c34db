package dev.portcullis.console.toolcalls.query;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// A trail of many records, made by the database itself: in the order of time over half a year until now, a
/// few names for most of them and many for the rest, as traffic has it.
///
/// Besides those there is a caller with one record in 50,000, and a tool that had a fifth of all calls and
/// has had none for months. The records of one route are of sessions.
public final class GeneratedTrail {
    public static final int MONTHS = 6;
    public static final String RARE_CALLER = "rare";
    public static final String RETIRED_TOOL = "retired";

    private static final int BATCH = 500_000;
    private static final String ROWS = """
            insert into audit.exchanges (id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class,
                caller, caller_kind, caller_groups, caller_verified, client_name, client_version, client_address, request_id,
                decision, rules, policy_version, outcome, http_method, http_status, upstream_status, request_bytes,
                response_bytes, decision_micros, latency_micros, arguments, session_hash, chain, sequence, hash)
            select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8'
                       || substr(md5(i::text), 4, 15))::uuid,
                   at, at + interval '80 ms', 'replica-' || i % {replicas}, 'acme',
                   case when r < 0.7 then 'port-eu' when r < 0.95 then 'port-us' else 'slack' end,
                   case when r < 0.95 then 'modern' else 'legacy' end,
                   case when r1 < 0.9 then 'tools/call' else 'tools/list' end,
                   case when r1 >= 0.9 then null when r1 < 0.2 and i < {rows} * 0.4 then 'retired'
                        else 'tool-' || floor({tools} * power(r2, 2)) end, 'read',
                   case when i % 50000 = 7 then 'rare' else 'user-' || floor(2000 * power(r3, 3)) end, 'user',
                   array['team-' || floor(40 * r3)], true, 'claude-code', '2.0', '10.1.2.3', i::text,
                   case when r4 < 0.02 then 'denied' else 'allowed' end,
                   case when r4 < 0.02 then array['rule-' || 1 + floor({rules} * power(r3, 2))] else '{}' end, 7,
                   case when r4 < 0.02 then 'denied' when r4 < 0.06 then 'tool_error' else 'succeeded' end, 'POST', 200, 200,
                   900, 4000, 120, 80000,
                   jsonb_build_object('identifier', 'service-' || i % 5000, 'blueprint', 'service', 'properties',
                                      jsonb_build_object('owner', md5(i::text), 'tier', i % 4)),
                   case when r >= 0.95 and i % 50000 <> 7 then md5(floor(2000 * power(r3, 3)) || date(at)::text) end,
                   ('00000000-0000-0000-0000-' || lpad((i % {replicas})::text, 12, '0'))::uuid, i / {replicas} + 1,
                   sha256(i::text::bytea)
            from (select i, {starts}::timestamptz + ({ends}::timestamptz - {starts}::timestamptz) * (i::float8 / {rows}) as at,
                         random() as r, random() as r1, random() as r2, random() as r3, random() as r4
                  from generate_series({first}::bigint, {last}::bigint) as i) random_rows
            """;

    private static final String INDEXES = """
            select indexname, replace(indexdef, ' ON ONLY ', ' ON ') from pg_indexes
            where schemaname = 'audit' and tablename = 'exchanges' and indexname <> 'exchanges_pkey'
            """;

    private final DSLContext sql;
    private final long rows;
    private final Variety variety;
    private final OffsetDateTime ends = OffsetDateTime.now(ZoneOffset.UTC);
    private final OffsetDateTime starts = ends.minusMonths(MONTHS);

    /// How many replicas write it, how many tools are called, and how many rules refuse.
    public record Variety(int replicas, int tools, int rules) {}

    public GeneratedTrail(DSLContext sql, long rows) {
        this(sql, rows, new Variety(2, 50, 1));
    }

    public GeneratedTrail(DSLContext sql, long rows, Variety variety) {
        this.sql = sql;
        this.rows = rows;
        this.variety = variety;
    }

    /// Makes it, in a database that has none, and lets the planner know it. Indexes are made of the whole, which takes
    /// less time than record by record.
    public void make() {
        for (var month = LocalDate.from(starts); !month.isAfter(LocalDate.from(ends)); month = month.plusMonths(1)) {
            sql.execute("select audit.add_partition(?::date)", month.toString());
        }
        sql.connection(connection -> fill(DSL.using(connection, SQLDialect.POSTGRES)));
        sql.execute("vacuum analyze audit.exchanges");
    }

    private void fill(DSLContext sql) {
        sql.execute("select setseed(0.5)");
        sql.execute("set maintenance_work_mem = '512MB'");
        var indexes = sql.fetch(INDEXES);
        indexes.forEach(index -> sql.execute("drop index audit." + index.get(0, String.class)));
        for (long first = 1; first <= rows; first += BATCH) {
            sql.execute(ROWS.replace("{rows}", Long.toString(rows))
                    .replace("{first}", Long.toString(first))
                    .replace("{last}", Long.toString(Math.min(rows, first + BATCH - 1)))
                    .replace("{starts}", "'" + starts + "'")
                    .replace("{ends}", "'" + ends + "'")
                    .replace("{replicas}", Integer.toString(variety.replicas()))
                    .replace("{tools}", Integer.toString(variety.tools()))
                    .replace("{rules}", Integer.toString(variety.rules())));
        }
        indexes.forEach(index -> sql.execute(index.get(1, String.class)));
        sql.execute("reset maintenance_work_mem");
    }

    /// A moment `part` of the way from its beginning to its end.
    OffsetDateTime at(double part) {
        return starts.plusSeconds((long) (part * Duration.between(starts, ends).toSeconds()));
    }
}
