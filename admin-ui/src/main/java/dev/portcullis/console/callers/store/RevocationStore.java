package dev.portcullis.console.callers.store;

import static dev.portcullis.database.gateway.Tables.REVOCATIONS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.callers.Revocation;
import dev.portcullis.console.callers.RevocationOrder;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Writes revocations, each together with its admin event.
@Repository
public class RevocationStore {
    private final DSLContext sql;

    public RevocationStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @param before what is in force of the same
    public UUID revoke(RevocationOrder order, Optional<Revocation> before, Instant now, String actor) {
        var id = UUID.randomUUID();
        var since = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        var ends = since.plus(order.kind().lasts());
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(REVOCATIONS)
                    .set(REVOCATIONS.ID, id)
                    .set(REVOCATIONS.KIND, order.kind().wireName())
                    .set(REVOCATIONS.SUBJECT, order.subject())
                    .set(REVOCATIONS.REASON, order.reason())
                    .set(REVOCATIONS.REVOKED_BY, actor)
                    .set(REVOCATIONS.REVOKED_AT, since)
                    .set(REVOCATIONS.ENDS_AT, ends)
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.REVOKED)
                            .about(order.subject())
                            .with(detail(
                                    id,
                                    order.kind(),
                                    before.map(known -> "revoked since " + known.revokedAt())
                                            .orElse("not revoked"),
                                    "revoked until " + ends,
                                    Optional.of(order.reason()))));
        });
        return id;
    }

    /// Lifts a revocation that is not lifted yet.
    public void lift(Revocation known, Optional<String> reason, String actor) {
        sql.transaction(transaction -> {
            var lifted = transaction
                    .dsl()
                    .update(REVOCATIONS)
                    .set(REVOCATIONS.LIFTED_BY, actor)
                    .set(REVOCATIONS.LIFTED_AT, currentOffsetDateTime())
                    .where(REVOCATIONS.ID.eq(known.id()))
                    .and(REVOCATIONS.LIFTED_AT.isNull())
                    .execute();
            if (lifted == 1) {
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.REVOCATION_LIFTED)
                                .about(known.subject())
                                .with(detail(
                                        known.id(),
                                        known.kind(),
                                        "revoked by " + known.revokedBy() + " at " + known.revokedAt() + ": "
                                                + known.reason(),
                                        "lifted",
                                        reason)));
            }
        });
    }

    private static Map<String, String> detail(
            UUID id, RevocationOrder.Kind kind, String before, String after, Optional<String> reason) {
        var detail = new HashMap<>(
                Map.of("revocation", id.toString(), "kind", kind.wireName(), "before", before, "after", after));
        reason.ifPresent(words -> detail.put("reason", words));
        return detail;
    }
}
