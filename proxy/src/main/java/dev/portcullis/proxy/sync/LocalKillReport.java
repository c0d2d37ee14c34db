package dev.portcullis.proxy.sync;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.KILLS;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Tells the database of the kills of this replica, each with its admin event, and hears when somebody in
/// the console released one. One thread.
final class LocalKillReport {
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final LocalKills kills;
    private final String replica;
    private final Clock clock;

    LocalKillReport(LocalKills kills, String replica, Clock clock) {
        this.kills = kills;
        this.replica = replica;
        this.clock = clock;
    }

    /// Brings both sides up to date. What fails is tried again at the next call; until then the kills hold.
    void send(Connection connection) {
        var before = kills.all();
        if (before.isEmpty()) {
            return;
        }
        var sql = DSL.using(connection, SQLDialect.POSTGRES);
        var stored = stored(sql);
        before.forEach(local -> send(sql, local, stored));
        kills.forgetOver(clock.instant().minus(REMEMBERED));
        if (!kills.all().equals(before)) {
            kills.keep();
        }
    }

    /// Which of them the database has, and whether they are engaged there.
    private Map<UUID, Boolean> stored(DSLContext sql) {
        var ids = kills.all().stream().map(local -> local.kill().id()).toList();
        return sql.select(KILLS.ID, KILLS.RELEASED_AT.isNull()).from(KILLS).where(KILLS.ID.in(ids)).fetch().stream()
                .collect(Collectors.toMap(row -> row.value1(), row -> row.value2()));
    }

    private void send(DSLContext sql, LocalKill local, Map<UUID, Boolean> stored) {
        var id = local.kill().id();
        if (!stored.containsKey(id)) {
            sql.transaction(transaction -> engage(transaction, local));
            kills.reported(id, true);
        } else if (!stored.get(id)) {
            // Somebody in the console has released it.
            kills.forget(id);
            return;
        }
        local.release().ifPresent(release -> {
            sql.transaction(transaction -> release(transaction, local.kill(), release));
            kills.forget(id);
        });
    }

    private void engage(Configuration transaction, LocalKill local) {
        var kill = local.kill();
        transaction
                .dsl()
                .insertInto(KILLS)
                .set(KILLS.ID, kill.id())
                .set(KILLS.SCOPE, JSONB.valueOf(KillJson.write(kill.scope()).toString()))
                .set(
                        KILLS.EXEMPT,
                        JSONB.valueOf(KillJson.writeExempt(kill.exemptGroups()).toString()))
                .set(KILLS.REASON, kill.reason())
                .set(KILLS.MESSAGE, kill.message().orElse(null))
                .set(KILLS.UNTIL, kill.until().map(LocalKillReport::utc).orElse(null))
                .set(KILLS.ENGAGED_BY, actor())
                .set(KILLS.ENGAGED_AT, utc(local.engagedAt()))
                .set(KILLS.REPLICA, replica)
                .execute();
        event(
                transaction,
                "kill.engaged",
                kill,
                Map.of(
                        "scope",
                        kill.scope().describe(),
                        "reason",
                        kill.reason(),
                        "replica",
                        replica,
                        "engagedAt",
                        local.engagedAt().toString(),
                        "before",
                        "not engaged",
                        "after",
                        "engaged on this replica"));
    }

    private void release(Configuration transaction, Kill kill, LocalKill.Release release) {
        var changed = transaction
                .dsl()
                .update(KILLS)
                .set(KILLS.RELEASED_BY, actor())
                .set(KILLS.RELEASED_AT, utc(release.at()))
                .set(KILLS.RELEASE_REASON, release.reason().orElse(null))
                .where(KILLS.ID.eq(kill.id()))
                .and(KILLS.RELEASED_AT.isNull())
                .execute();
        if (changed == 1) {
            event(
                    transaction,
                    "kill.released",
                    kill,
                    Map.of(
                            "scope",
                            kill.scope().describe(),
                            "reason",
                            release.reason().orElse(""),
                            "replica",
                            replica,
                            "releasedAt",
                            release.at().toString(),
                            "before",
                            "engaged on this replica",
                            "after",
                            "released"));
        }
    }

    private void event(Configuration transaction, String event, Kill kill, Map<String, String> detail) {
        transaction
                .dsl()
                .insertInto(ADMIN_EVENTS)
                .set(ADMIN_EVENTS.ID, UUID.randomUUID())
                .set(ADMIN_EVENTS.ACTOR, actor())
                .set(ADMIN_EVENTS.EVENT, event)
                .set(ADMIN_EVENTS.SUBJECT, kill.id().toString())
                .set(ADMIN_EVENTS.DETAIL, JSONB.valueOf(JsonMapper.shared().writeValueAsString(detail)))
                .execute();
    }

    private String actor() {
        return "replica:" + replica;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
