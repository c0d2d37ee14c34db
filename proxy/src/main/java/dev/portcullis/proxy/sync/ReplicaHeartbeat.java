package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;

import dev.portcullis.policy.Kill;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a replica reports: that it lives, which version it enforces, which kills it obeys. One thread.
///
/// Two that were given one name would answer for one another, and a kill would seem obeyed that one of them has
/// not heard of: the one that finds another's report in the place of its own goes on under a name of its own.
final class ReplicaHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaHeartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Clock clock;
    private final OffsetDateTime startedAt;
    private final Set<UUID> acknowledged = new HashSet<>();
    private String replica;
    private boolean hasReported;
    private OptionalLong reportedVersion = OptionalLong.empty();
    private Instant reportedAt = Instant.MIN;

    ReplicaHeartbeat(String replica, Clock clock) {
        this.replica = replica;
        this.clock = clock;
        // As exact as PostgreSQL, which is asked whether it is this one's.
        this.startedAt = now().truncatedTo(ChronoUnit.MICROS);
    }

    /// Writes what is due: the acknowledgement of each kill in force that has none yet, and the
    /// heartbeat every five seconds and when the version changed.
    ///
    /// @param known the kills that the database has
    /// @param cutBy what obeying each has cut
    /// @param condition asked when a heartbeat is due
    void report(
            Connection connection,
            PolicySnapshot snapshot,
            Set<UUID> known,
            Function<UUID, CutExchanges> cutBy,
            Supplier<ReplicaCondition> condition) {
        var sql = sql(connection);
        var version = OptionalLong.of(snapshot.version());
        var isDue = !version.equals(reportedVersion) || !clock.instant().isBefore(reportedAt.plus(EVERY));
        if (isDue) {
            leaveTheNameToAnother(sql);
        }
        snapshot.kills().stream()
                .map(Kill::id)
                .filter(known::contains)
                .filter(kill -> !acknowledged.contains(kill))
                .forEach(kill -> acknowledge(sql, kill, cutBy.apply(kill)));
        acknowledged.retainAll(snapshot.kills().stream().map(Kill::id).toList());
        if (isDue) {
            beat(sql, snapshot.version(), condition.get());
            reportedVersion = version;
            reportedAt = clock.instant();
            hasReported = true;
        }
    }

    /// The one that came later keeps the name: it may be the same replica, started again while this one still ends.
    private void leaveTheNameToAnother(DSLContext sql) {
        var isAnothers = hasReported
                && sql.fetchExists(REPLICAS, REPLICAS.REPLICA.eq(replica).and(REPLICAS.STARTED_AT.gt(startedAt)));
        if (isAnothers) {
            var own = replica + "~" + UUID.randomUUID().toString().substring(0, 8);
            LOG.atError()
                    .addKeyValue("replica", replica)
                    .addKeyValue("reportsAs", own)
                    .log("another process reports as this replica; give each a name of its own");
            replica = own;
            acknowledged.clear();
        }
    }

    /// Takes this replica off the list, so that nobody waits for it.
    void leave(Connection connection) {
        sql(connection).deleteFrom(REPLICAS).where(REPLICAS.REPLICA.eq(replica)).execute();
    }

    private void acknowledge(DSLContext sql, UUID kill, CutExchanges cut) {
        sql.insertInto(KILL_ACKNOWLEDGEMENTS)
                .set(KILL_ACKNOWLEDGEMENTS.KILL, kill)
                .set(KILL_ACKNOWLEDGEMENTS.REPLICA, replica)
                .set(KILL_ACKNOWLEDGEMENTS.CALLS_CUT, cut.calls())
                .set(KILL_ACKNOWLEDGEMENTS.STREAMS_CUT, cut.streams())
                .onConflictDoNothing()
                .execute();
        acknowledged.add(kill);
    }

    private void beat(DSLContext sql, long version, ReplicaCondition condition) {
        sql.insertInto(REPLICAS)
                .set(REPLICAS.REPLICA, replica)
                .set(REPLICAS.POLICY_VERSION, version)
                .set(REPLICAS.STARTED_AT, startedAt)
                .set(REPLICAS.HEARTBEAT_AT, now())
                .set(REPLICAS.TRAIL_FILL, (float) condition.trailFill())
                .set(
                        REPLICAS.CERTIFICATE_ENDS_AT,
                        condition
                                .certificateEnds()
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .onConflict(REPLICAS.REPLICA)
                .doUpdate()
                .set(REPLICAS.POLICY_VERSION, DSL.excluded(REPLICAS.POLICY_VERSION))
                .set(REPLICAS.STARTED_AT, DSL.excluded(REPLICAS.STARTED_AT))
                .set(REPLICAS.HEARTBEAT_AT, DSL.excluded(REPLICAS.HEARTBEAT_AT))
                .set(REPLICAS.TRAIL_FILL, DSL.excluded(REPLICAS.TRAIL_FILL))
                .set(REPLICAS.CERTIFICATE_ENDS_AT, DSL.excluded(REPLICAS.CERTIFICATE_ENDS_AT))
                .execute();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static DSLContext sql(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
