package dev.portcullis.console.kills.store;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.kills.KillOrder;
import dev.portcullis.console.kills.KillScopeJson;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes kills, each together with its admin event.
@Repository
public class KillStore {
    private final DSLContext sql;

    public KillStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public void engage(UUID id, KillOrder order, String actor) {
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(KILLS)
                    .set(KILLS.ID, id)
                    .set(
                            KILLS.SCOPE,
                            JSONB.valueOf(KillScopeJson.write(order.scope()).toString()))
                    .set(KILLS.REASON, order.reason())
                    .set(KILLS.MESSAGE, order.message().orElse(null))
                    .set(KILLS.UNTIL, order.until().orElse(null))
                    .set(KILLS.ENGAGED_BY, actor)
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.KILL_ENGAGED)
                            .about(id.toString())
                            .with(Map.of("scope", order.scope().describe(), "reason", order.reason())));
        });
    }

    /// Releases a kill that is not released yet.
    public void release(UUID id, String actor) {
        sql.transaction(transaction -> {
            var released = transaction
                    .dsl()
                    .update(KILLS)
                    .set(KILLS.RELEASED_BY, actor)
                    .set(KILLS.RELEASED_AT, currentOffsetDateTime())
                    .where(KILLS.ID.eq(id))
                    .and(KILLS.RELEASED_AT.isNull())
                    .execute();
            if (released == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.KILL_RELEASED).about(id.toString()));
            }
        });
    }
}
