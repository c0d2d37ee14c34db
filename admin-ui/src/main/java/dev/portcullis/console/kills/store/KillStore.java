package dev.portcullis.console.kills.store;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// Writes kills, each together with its admin event.
@Repository
public class KillStore {
    private final DSLContext sql;

    public KillStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public void engage(Kill kill, String actor) {
        sql.transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(KILLS)
                    .set(KILLS.ID, kill.id())
                    .set(KILLS.SCOPE, jsonb(KillJson.write(kill.scope())))
                    .set(KILLS.EXEMPT, jsonb(KillJson.writeExempt(kill.exemptGroups())))
                    .set(KILLS.REASON, kill.reason())
                    .set(KILLS.MESSAGE, kill.message().orElse(null))
                    .set(
                            KILLS.UNTIL,
                            kill.until()
                                    .map(end -> end.atOffset(ZoneOffset.UTC))
                                    .orElse(null))
                    .set(KILLS.ENGAGED_BY, actor)
                    .execute();
            AdminEventStore.append(
                    transaction,
                    AdminEvent.of(actor, AdminEvent.KILL_ENGAGED)
                            .about(kill.id().toString())
                            .with(detail(kill, "not engaged", "engaged", Optional.of(kill.reason()))));
        });
    }

    /// Releases a kill that is not released yet.
    ///
    /// @param kill as it stands
    public void release(KillRecord kill, Optional<String> reason, String actor) {
        sql.transaction(transaction -> {
            var released = transaction
                    .dsl()
                    .update(KILLS)
                    .set(KILLS.RELEASED_BY, actor)
                    .set(KILLS.RELEASED_AT, currentOffsetDateTime())
                    .set(KILLS.RELEASE_REASON, reason.orElse(null))
                    .where(KILLS.ID.eq(kill.id()))
                    .and(KILLS.RELEASED_AT.isNull())
                    .execute();
            if (released == 1) {
                var before = "engaged by " + kill.engagedBy() + " at " + kill.engagedAt() + ": "
                        + kill.kill().reason();
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.KILL_RELEASED)
                                .about(kill.id().toString())
                                .with(detail(kill.kill(), before, "released", reason)));
            }
        });
    }

    private static Map<String, String> detail(Kill kill, String before, String after, Optional<String> reason) {
        var detail = new HashMap<String, String>();
        detail.put("scope", kill.scope().describe());
        if (!kill.exemptGroups().isEmpty()) {
            detail.put("exemptGroups", String.join(", ", kill.exemptGroups()));
        }
        kill.until().ifPresent(until -> detail.put("until", until.toString()));
        reason.ifPresent(words -> detail.put("reason", words));
        detail.put("before", before);
        detail.put("after", after);
        return detail;
    }

    private static JSONB jsonb(ObjectNode json) {
        return JSONB.valueOf(json.toString());
    }
}
