package dev.portcullis.console.callers.query;

import static dev.portcullis.database.gateway.Tables.REVOCATIONS;
import static dev.portcullis.database.gateway.Tables.SEEN_CALLERS;
import static dev.portcullis.database.gateway.Tables.SEEN_CALLER_FACTS;
import static dev.portcullis.database.gateway.Tables.SEEN_SESSIONS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.callers.CallerFilter;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenFact;
import dev.portcullis.console.callers.SeenSession;
import dev.portcullis.console.callers.SessionCursor;
import dev.portcullis.console.callers.SessionFilter;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads callers and sessions, those seen last first.
@Repository
public class CallerQuery {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FEW = 5;
    private static final int ALL = 50;
    private static final int MOST_ROUTES = 500;

    private final DSLContext sql;

    public CallerQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public List<SeenCaller> callers(CallerFilter filter, Optional<PageCursor> after, int limit) {
        return fetch(
                condition(filter)
                        .and(after.map(cursor -> row(SEEN_CALLERS.LAST_SEEN_AT, SEEN_CALLERS.ID)
                                        .lt(cursor.occurredAt(), cursor.id()))
                                .orElse(noCondition())),
                FEW,
                limit);
    }

    public Optional<SeenCaller> caller(UUID id) {
        return fetch(SEEN_CALLERS.ID.eq(id), ALL, 1).stream().findFirst();
    }

    public List<String> routes() {
        return sql.selectDistinct(SEEN_CALLER_FACTS.VALUE)
                .from(SEEN_CALLER_FACTS)
                .where(SEEN_CALLER_FACTS.FACT.eq("route"))
                .orderBy(SEEN_CALLER_FACTS.VALUE)
                .limit(MOST_ROUTES)
                .fetch(SEEN_CALLER_FACTS.VALUE);
    }

    public List<SeenSession> sessions(SessionFilter filter, Optional<SessionCursor> after, int limit, Instant now) {
        var since = OffsetDateTime.ofInstant(now.minus(SeenSession.ACTIVE_FOR), ZoneOffset.UTC);
        return sessions(
                filter.caller()
                        .map(SEEN_SESSIONS.CALLER::eq)
                        .orElse(noCondition())
                        .and(filter.route().map(SEEN_SESSIONS.ROUTE::eq).orElse(noCondition()))
                        .and(
                                filter.active()
                                        ? SEEN_SESSIONS
                                                .LAST_SEEN_AT
                                                .ge(since)
                                                .and(SEEN_SESSIONS.ENDED_AT.isNull())
                                                .and(revokedAt(now).isNull())
                                        : noCondition())
                        .and(after.map(cursor -> row(SEEN_SESSIONS.LAST_SEEN_AT, SEEN_SESSIONS.SESSION_HASH)
                                        .lt(cursor.lastSeenAt(), cursor.session()))
                                .orElse(noCondition())),
                limit,
                now);
    }

    public Optional<SeenSession> session(String session, Instant now) {
        return sessions(SEEN_SESSIONS.SESSION_HASH.eq(session), 1, now).stream().findFirst();
    }

    private static Condition condition(CallerFilter filter) {
        return filter.text()
                .map(words ->
                        SEEN_CALLERS.CALLER.containsIgnoreCase(words).or(SEEN_CALLERS.NAME.containsIgnoreCase(words)))
                .orElse(noCondition())
                .and(filter.kind().map(SEEN_CALLERS.KIND::eq).orElse(noCondition()))
                .and(filter.route()
                        .map(route -> has("route", SEEN_CALLER_FACTS.VALUE.eq(route)))
                        .orElse(noCondition()))
                .and(filter.client()
                        .map(client -> has("client", SEEN_CALLER_FACTS.VALUE.startsWithIgnoreCase(client)))
                        .orElse(noCondition()));
    }

    private static Condition has(String fact, Condition value) {
        return DSL.exists(selectOne()
                .from(SEEN_CALLER_FACTS)
                .where(SEEN_CALLER_FACTS.CALLER.eq(SEEN_CALLERS.ID))
                .and(SEEN_CALLER_FACTS.FACT.eq(fact))
                .and(value));
    }

    private List<SeenCaller> fetch(Condition condition, int facts, int limit) {
        return sql.select(
                        SEEN_CALLERS.ID,
                        SEEN_CALLERS.KIND,
                        SEEN_CALLERS.CALLER,
                        SEEN_CALLERS.NAME,
                        SEEN_CALLERS.VERIFIED,
                        SEEN_CALLERS.GROUPS.convertFrom(CallerQuery::groups),
                        SEEN_CALLERS.FIRST_SEEN_AT,
                        SEEN_CALLERS.LAST_SEEN_AT,
                        SEEN_CALLERS.REQUESTS,
                        SEEN_CALLERS.TOOL_CALLS,
                        SEEN_CALLERS.REFUSED,
                        facts("route", facts),
                        facts("client", facts),
                        facts("address", facts))
                .from(SEEN_CALLERS)
                .where(condition)
                .orderBy(SEEN_CALLERS.LAST_SEEN_AT.desc(), SEEN_CALLERS.ID.desc())
                .limit(limit)
                .fetch(mapping(SeenCaller::new));
    }

    private static Field<List<SeenFact>> facts(String fact, int most) {
        return multiset(select(
                                SEEN_CALLER_FACTS.VALUE,
                                SEEN_CALLER_FACTS.FIRST_SEEN_AT,
                                SEEN_CALLER_FACTS.LAST_SEEN_AT,
                                SEEN_CALLER_FACTS.REQUESTS)
                        .from(SEEN_CALLER_FACTS)
                        .where(SEEN_CALLER_FACTS.CALLER.eq(SEEN_CALLERS.ID))
                        .and(SEEN_CALLER_FACTS.FACT.eq(fact))
                        .orderBy(SEEN_CALLER_FACTS.LAST_SEEN_AT.desc(), SEEN_CALLER_FACTS.VALUE)
                        .limit(most))
                .convertFrom(rows -> rows.map(mapping(SeenFact::new)));
    }

    private List<SeenSession> sessions(Condition condition, int limit, Instant now) {
        return sql.select(
                        SEEN_SESSIONS.SESSION_HASH,
                        SEEN_SESSIONS.CALLER,
                        SEEN_CALLERS.CALLER,
                        SEEN_SESSIONS.ROUTE,
                        SEEN_SESSIONS.CLIENT_NAME.convertFrom(Optional::ofNullable),
                        SEEN_SESSIONS.CLIENT_VERSION.convertFrom(Optional::ofNullable),
                        SEEN_SESSIONS.CLIENT_ADDRESS.convertFrom(Optional::ofNullable),
                        SEEN_SESSIONS.FIRST_SEEN_AT,
                        SEEN_SESSIONS.LAST_SEEN_AT,
                        SEEN_SESSIONS.ENDED_AT.convertFrom(Optional::ofNullable),
                        SEEN_SESSIONS.REQUESTS,
                        revokedAt(now).convertFrom(Optional::ofNullable))
                .from(SEEN_SESSIONS)
                .join(SEEN_CALLERS)
                .on(SEEN_CALLERS.ID.eq(SEEN_SESSIONS.CALLER))
                .where(condition)
                .orderBy(SEEN_SESSIONS.LAST_SEEN_AT.desc(), SEEN_SESSIONS.SESSION_HASH.desc())
                .limit(limit)
                .fetch(mapping(SeenSession::new));
    }

    private static Field<OffsetDateTime> revokedAt(Instant now) {
        return field(select(max(REVOCATIONS.REVOKED_AT))
                .from(REVOCATIONS)
                .where(REVOCATIONS.KIND.eq("session"))
                .and(REVOCATIONS.SUBJECT.eq(SEEN_SESSIONS.SESSION_HASH))
                .and(RevocationQuery.isInForce(now)));
    }

    private static List<String> groups(JSONB groups) {
        return JSON.readTree(groups.data())
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
