package dev.portcullis.console.callers.store;

import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.query.TrailQuery;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.TreeMap;
import java.util.UUID;

import javax.sql.DataSource;

/// Rolls the trail up into callers, what they use, and their sessions.
///
/// It follows the chains, in the order of which records become visible, a stretch at a time; counts and cursor move in
/// one transaction, so no record counts twice or not at all. Of several consoles one works at a time.
@Repository
public class CallerRollup {
    /// How many records are counted in one transaction.
    static final int STRETCH = 10_000;

    static final int MOST_CALLERS = 100_000;
    static final int MOST_FACTS = 50;
    static final int MOST_SESSIONS = 200_000;

    /// In plain SQL, as all of this: PostgreSQL counts, and no record travels.
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('portcullis.callers'))";

    private static final String RECORDS = """
            with part as (
                select md5(caller_kind || ':' || caller)::uuid as id, caller_kind as kind, caller,
                       coalesce(caller_name, caller) as name, coalesce(caller_verified, false) as verified,
                       caller_groups as groups, occurred_at, route, method, refusal, era, http_method, http_status,
                       client_name, client_version, host(client_address) as address, session_hash
                from audit.exchanges
                where chain = ?::uuid and sequence > ? and sequence <= ?
                      and caller is not null and caller_kind is not null)
            """;

    private static final String COUNT_CALLERS =
            RECORDS + """
            insert into gateway.seen_callers as known
            select id, kind, caller,
                   (array_agg(name order by occurred_at desc))[1],
                   (array_agg(verified order by occurred_at desc))[1],
                   (array_agg(to_jsonb(groups) order by occurred_at desc))[1],
                   min(occurred_at), max(occurred_at), count(*),
                   count(*) filter (where method = 'tools/call'), count(*) filter (where refusal is not null)
            from part group by id, kind, caller
            on conflict (id) do update
            set name = case when newer.is then excluded.name else known.name end,
                verified = case when newer.is then excluded.verified else known.verified end,
                groups = case when newer.is then excluded.groups else known.groups end,
                first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
                last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
                requests = known.requests + excluded.requests,
                tool_calls = known.tool_calls + excluded.tool_calls,
                refused = known.refused + excluded.refused""".replace("newer.is", "excluded.last_seen_at >= known.last_seen_at");

    /// A route that there is not may be named in any way.
    private static final String COUNT_FACTS = RECORDS + """
            insert into gateway.seen_caller_facts as known
            select id, fact, left(value, 200), min(occurred_at), max(occurred_at), count(*)
            from part cross join lateral (values
                ('route', case when refusal is distinct from 'unknown_route' then route end),
                ('client', client_name || coalesce(' ' || client_version, '')),
                ('address', address)) as used (fact, value)
            where value <> ''
            group by id, fact, left(value, 200)
            on conflict (caller, fact, value) do update
            set first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
                last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
                requests = known.requests + excluded.requests""";

    /// What was refused may name a session that is somebody else's, or none. A session belongs to whoever used it
    /// first,
    /// and is one row however many callers have used it: on a passthrough route each token may be another caller.
    private static final String COUNT_SESSIONS = RECORDS + """
            insert into gateway.seen_sessions as known
            select session_hash, (array_agg(id order by occurred_at))[1], coalesce(max(route), ''), max(client_name), max(client_version),
                   (array_agg(address order by occurred_at desc))[1], min(occurred_at), max(occurred_at),
                   max(occurred_at) filter (where http_method = 'DELETE' and http_status < 300), count(*)
            from part
            where session_hash is not null and refusal is null and era is distinct from 'modern'
            group by session_hash
            on conflict (session_hash) do update
            set client_name = coalesce(excluded.client_name, known.client_name),
                client_version = coalesce(excluded.client_version, known.client_version),
                client_address = coalesce(excluded.client_address, known.client_address),
                first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
                last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
                ended_at = coalesce(excluded.ended_at, known.ended_at),
                requests = known.requests + excluded.requests""";

    private static final String MOVE = """
            insert into gateway.caller_cursors (chain, sequence) values (?::uuid, ?)
            on conflict (chain) do update set sequence = excluded.sequence, moved_at = now()""";

    private static final String FORGET_FACTS = """
            delete from gateway.seen_caller_facts known using (
                select caller, fact, value,
                       row_number() over (partition by caller, fact order by last_seen_at desc, value) as place
                from gateway.seen_caller_facts
                where caller in (select id from gateway.seen_callers where last_seen_at > now() - interval '1 day')) old
            where old.place > ? and (known.caller, known.fact, known.value) = (old.caller, old.fact, old.value)""";

    private static final String FORGET_CALLERS = """
            delete from gateway.seen_callers
            where last_seen_at < now() - interval '400 days' or (last_seen_at, id) <=
                (select last_seen_at, id from gateway.seen_callers order by last_seen_at desc, id desc offset ? limit 1)""";

    private static final String FORGET_SESSIONS = """
            delete from gateway.seen_sessions
            where last_seen_at < now() - interval '30 days' or (last_seen_at, session_hash) <=
                (select last_seen_at, session_hash from gateway.seen_sessions
                 order by last_seen_at desc, session_hash desc offset ? limit 1)""";

    private final DSLContext sql;

    public CallerRollup(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Counts one stretch of each chain that has come further, each in a transaction of its own: those of many replicas
    /// would be millions of records.
    ///
    /// @return whether there may be more
    public boolean advance() {
        var read = cursors(sql);
        var more = false;
        for (var head : TrailQuery.heads(sql).sequences().entrySet()) {
            if (read.of(head.getKey()) < head.getValue()) {
                more |= sql.transactionResult(
                        transaction -> advance(transaction.dsl(), head.getKey(), head.getValue()));
            }
        }
        return more;
    }

    /// Forgets what is beyond the bounds.
    public void forget() {
        sql.transaction(transaction -> {
            if (isOurs(transaction.dsl())) {
                transaction.dsl().execute(FORGET_FACTS, MOST_FACTS);
                transaction.dsl().execute(FORGET_CALLERS, MOST_CALLERS);
                transaction.dsl().execute(FORGET_SESSIONS, MOST_SESSIONS);
            }
        });
    }

    private static boolean advance(DSLContext transaction, UUID chain, long head) {
        if (!isOurs(transaction)) {
            return false;
        }
        var from = cursors(transaction).of(chain);
        var until = Math.min(head, from + STRETCH);
        if (from < until) {
            count(transaction, chain, from, until);
        }
        return until < head;
    }

    private static void count(DSLContext transaction, UUID chain, long from, long until) {
        transaction.execute(COUNT_CALLERS, chain, from, until);
        transaction.execute(COUNT_FACTS, chain, from, until);
        transaction.execute(COUNT_SESSIONS, chain, from, until);
        transaction.execute(MOVE, chain, until);
    }

    private static Places cursors(DSLContext sql) {
        var cursors = new TreeMap<UUID, Long>();
        sql.fetch("select chain, sequence from gateway.caller_cursors where sequence > 0")
                .forEach(row -> cursors.put(row.get(0, UUID.class), row.get(1, Long.class)));
        return new Places(cursors);
    }

    private static boolean isOurs(DSLContext transaction) {
        return transaction.fetchSingle(LOCK).get(0, boolean.class);
    }
}
