package dev.portcullis.console.events.store;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;

import dev.portcullis.console.events.AdminEvent;
import org.jooq.Configuration;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import java.util.UUID;

import javax.sql.DataSource;

/// Appends admin events.
@Repository
public class AdminEventStore {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DataSource database;

    public AdminEventStore(DataSource database) {
        this.database = database;
    }

    /// Appends an event of its own.
    public void append(AdminEvent event) {
        append(DSL.using(database, SQLDialect.POSTGRES).configuration(), event);
    }

    /// Appends an event in the transaction of the change it tells of: both happen, or neither.
    public static void append(Configuration transaction, AdminEvent event) {
        transaction
                .dsl()
                .insertInto(ADMIN_EVENTS)
                .set(ADMIN_EVENTS.ID, UUID.randomUUID())
                .set(ADMIN_EVENTS.ACTOR, event.actor())
                .set(ADMIN_EVENTS.EVENT, event.event())
                .set(ADMIN_EVENTS.SUBJECT, event.subject().orElse(null))
                .set(ADMIN_EVENTS.DETAIL, JSONB.valueOf(JSON.writeValueAsString(event.detail())))
                .execute();
    }
}
