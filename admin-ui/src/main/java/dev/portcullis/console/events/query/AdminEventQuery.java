package dev.portcullis.console.events.query;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.EventFilter;
import dev.portcullis.console.events.EventNames;
import dev.portcullis.console.events.RecordedEvent;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.jooq.SQLDialect;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads admin events, newest first, by walking along an index.
@Repository
public class AdminEventQuery {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int NAMES = 200;

    private final DSLContext sql;

    public AdminEventQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public List<RecordedEvent> list(EventFilter filter, Optional<PageCursor> after, int limit) {
        return events(conditions(filter, after))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT.desc(), ADMIN_EVENTS.ID.desc())
                .limit(limit)
                .fetch(mapping(RecordedEvent::new));
    }

    /// Names to filter by: each is one step along an index, however many events have it.
    public EventNames names() {
        return new EventNames(distinct("event"), distinct("actor"));
    }

    private List<String> distinct(String column) {
        return sql.fetch("""
                        with recursive seen(name) as (
                            (select min({0}) from audit.admin_events)
                            union all
                            select (select min({0}) from audit.admin_events where {0} > seen.name)
                            from seen where seen.name is not null)
                        select name from seen where name is not null limit {1}""", DSL.name(column), inline(NAMES)).getValues(0, String.class);
    }

    public Optional<RecordedEvent> byId(UUID id) {
        return events(List.of(ADMIN_EVENTS.ID.eq(id))).fetchOptional(mapping(RecordedEvent::new));
    }

    private SelectConditionStep<Record6<UUID, OffsetDateTime, String, String, Optional<String>, JsonNode>> events(
            List<Condition> wanted) {
        return sql.select(
                        ADMIN_EVENTS.ID,
                        ADMIN_EVENTS.OCCURRED_AT,
                        ADMIN_EVENTS.ACTOR,
                        ADMIN_EVENTS.EVENT,
                        ADMIN_EVENTS.SUBJECT.convertFrom(Optional::ofNullable),
                        ADMIN_EVENTS.DETAIL.convertFrom(detail -> JSON.readTree(detail.data())))
                .from(ADMIN_EVENTS)
                .where(wanted);
    }

    private static List<Condition> conditions(EventFilter filter, Optional<PageCursor> after) {
        var conditions = new ArrayList<Condition>();
        filter.actor().map(ADMIN_EVENTS.ACTOR::eq).ifPresent(conditions::add);
        filter.event().map(ADMIN_EVENTS.EVENT::eq).ifPresent(conditions::add);
        filter.subject().map(ADMIN_EVENTS.SUBJECT::eq).ifPresent(conditions::add);
        filter.from().map(ADMIN_EVENTS.OCCURRED_AT::ge).ifPresent(conditions::add);
        filter.to().map(ADMIN_EVENTS.OCCURRED_AT::lt).ifPresent(conditions::add);
        after.map(cursor -> row(ADMIN_EVENTS.OCCURRED_AT, ADMIN_EVENTS.ID).lt(cursor.occurredAt(), cursor.id()))
                .ifPresent(conditions::add);
        return conditions;
    }
}
