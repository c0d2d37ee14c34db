package dev.portcullis.console.sinks.store;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.ADMIN_EVENT_PLACES;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.sinks.PlacedEvent;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The order in which admin events are sent. An event that is committed late gets a later place, so no
/// cursor passes it.
final class AdminEventPlaces {
    /// What stands for admin events among the chains of exchanges.
    static final UUID CHAIN = new UUID(0, 0);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('portcullis.sinks'), 0)";

    /// A transaction may take an hour from its beginning, whose time its events have, to its end.
    private static final String GIVE = """
            insert into gateway.admin_event_places (place, event, occurred_at)
            select coalesce((select max(place) from gateway.admin_event_places), 0)
                       + row_number() over (order by e.occurred_at, e.id),
                   e.id, e.occurred_at
            from audit.admin_events e
            where e.occurred_at >= coalesce((select max(occurred_at) from gateway.admin_event_places) - interval '1 hour',
                                            '-infinity')
              and not exists (select from gateway.admin_event_places p where p.event = e.id)""";

    private AdminEventPlaces() {}

    /// Gives places to events that have none, in one transaction at a time.
    static void giveToNew(DSLContext transaction) {
        transaction.fetch(LOCK);
        transaction.execute(GIVE);
    }

    /// The last place, or 0.
    static long last(DSLContext sql) {
        return Optional.ofNullable(sql.select(max(ADMIN_EVENT_PLACES.PLACE))
                        .from(ADMIN_EVENT_PLACES)
                        .fetchSingle()
                        .value1())
                .orElse(0L);
    }

    /// The place before the first event that is still there, or the last one of all.
    static long beforeFirst(DSLContext sql) {
        return Optional.ofNullable(sql.select(min(ADMIN_EVENT_PLACES.PLACE))
                        .from(ADMIN_EVENT_PLACES)
                        .join(ADMIN_EVENTS)
                        .on(ADMIN_EVENTS.ID.eq(ADMIN_EVENT_PLACES.EVENT))
                        .fetchSingle()
                        .value1())
                .map(first -> first - 1)
                .orElseGet(() -> last(sql));
    }

    /// Up to `limit` events behind `place`, in order.
    static List<PlacedEvent> after(DSLContext sql, long place, int limit) {
        return sql.select(
                        ADMIN_EVENT_PLACES.PLACE,
                        ADMIN_EVENTS.ID,
                        ADMIN_EVENTS.OCCURRED_AT,
                        ADMIN_EVENTS.ACTOR,
                        ADMIN_EVENTS.EVENT,
                        ADMIN_EVENTS.SUBJECT,
                        ADMIN_EVENTS.DETAIL)
                .from(ADMIN_EVENT_PLACES)
                .join(ADMIN_EVENTS)
                .on(ADMIN_EVENTS.ID.eq(ADMIN_EVENT_PLACES.EVENT))
                .and(ADMIN_EVENTS.OCCURRED_AT.eq(ADMIN_EVENT_PLACES.OCCURRED_AT))
                .where(ADMIN_EVENT_PLACES.PLACE.gt(place))
                .orderBy(ADMIN_EVENT_PLACES.PLACE)
                .limit(limit)
                .fetch(AdminEventPlaces::placed);
    }

    private static PlacedEvent placed(Record row) {
        return new PlacedEvent(
                row.get(ADMIN_EVENT_PLACES.PLACE),
                row.get(ADMIN_EVENTS.ID),
                row.get(ADMIN_EVENTS.OCCURRED_AT),
                new AdminEvent(
                        row.get(ADMIN_EVENTS.ACTOR),
                        row.get(ADMIN_EVENTS.EVENT),
                        Optional.ofNullable(row.get(ADMIN_EVENTS.SUBJECT)),
                        detail(row.get(ADMIN_EVENTS.DETAIL).data())));
    }

    /// Texts as they are, anything else as JSON.
    private static Map<String, String> detail(String json) {
        var detail = new TreeMap<String, String>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> detail.put(
                        entry.getKey(),
                        entry.getValue().isString()
                                ? entry.getValue().asString()
                                : entry.getValue().toString()));
        return detail;
    }
}
