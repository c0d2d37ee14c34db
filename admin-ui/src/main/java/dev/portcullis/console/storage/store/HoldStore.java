package dev.portcullis.console.storage.store;

import static dev.portcullis.database.gateway.Tables.LEGAL_HOLDS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.storage.HoldOrder;
import dev.portcullis.console.storage.LegalHold;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes legal holds, each together with its admin event.
@Repository
public class HoldStore {
    private final DSLContext sql;

    public HoldStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @return its id
    public UUID place(HoldOrder order, String actor) {
        var id = UUID.randomUUID();
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(LEGAL_HOLDS)
                    .set(LEGAL_HOLDS.ID, id)
                    .set(LEGAL_HOLDS.ORGANIZATION, order.organization().orElse(null))
                    .set(LEGAL_HOLDS.STARTS, order.from().orElse(null))
                    .set(LEGAL_HOLDS.ENDS, order.to().orElse(null))
                    .set(LEGAL_HOLDS.REASON, order.reason())
                    .set(LEGAL_HOLDS.PLACED_BY, actor)
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.LEGAL_HOLD_PLACED)
                            .about(id.toString())
                            .with(Map.of("scope", order.describe(), "reason", order.reason())));
        });
        return id;
    }

    /// Releases a hold that is not released yet.
    ///
    /// @param hold as it stands
    public void release(LegalHold hold, Optional<String> reason, String actor) {
        sql.transaction(transaction -> {
            var released = transaction
                    .dsl()
                    .update(LEGAL_HOLDS)
                    .set(LEGAL_HOLDS.RELEASED_BY, actor)
                    .set(LEGAL_HOLDS.RELEASED_AT, currentOffsetDateTime())
                    .set(LEGAL_HOLDS.RELEASE_REASON, reason.orElse(null))
                    .where(LEGAL_HOLDS.ID.eq(hold.id()))
                    .and(LEGAL_HOLDS.RELEASED_AT.isNull())
                    .execute();
            if (released == 1) {
                var detail = new HashMap<String, String>();
                detail.put("scope", hold.describe());
                detail.put("before", "placed by " + hold.placedBy() + " at " + hold.placedAt() + ": " + hold.reason());
                reason.ifPresent(words -> detail.put("reason", words));
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.LEGAL_HOLD_RELEASED)
                                .about(hold.id().toString())
                                .with(detail));
            }
        });
    }
}
