package dev.portcullis.proxy.limit;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;

import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.OptionalInt;
import java.util.Set;

/// Looks after the shared buckets every few seconds: forgets those that are full again, finds the rules that have as
/// many as they may, and counts the replicas that are alive. On its own thread and connection, so that no call waits
/// for it. What it found last stays true while the database is away.
final class BucketUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BucketUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int FORGOTTEN_AT_ONCE = 20_000;
    private static final Field<OffsetDateTime> NOW = DSL.field("clock_timestamp()", SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final Database database;
    private final int mostForARule;
    private final Thread thread;
    private volatile Set<String> crowded = Set.of();
    private volatile OptionalInt replicas = OptionalInt.empty();

    private BucketUpkeep(Database database, int mostForARule) {
        this.database = database;
        this.mostForARule = mostForARule;
        this.thread = Thread.ofVirtual().name("limit-upkeep").unstarted(this::run);
    }

    /// Looks once, and then regularly.
    static BucketUpkeep start(Database database, int mostForARule) {
        var upkeep = new BucketUpkeep(database, mostForARule);
        upkeep.look();
        upkeep.thread.start();
        return upkeep;
    }

    /// The rules that have as many buckets as they may, and no new ones.
    Set<String> crowded() {
        return crowded;
    }

    /// How many replicas are alive, this one included; empty when that was never known.
    OptionalInt replicas() {
        return replicas;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            var _ = thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void look() {
        try (var connection = database.connect()) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            replicas = OptionalInt.of(alive(sql));
            forgetFull(sql);
            crowded = Set.copyOf(crowdedRules(sql));
        } catch (SQLException | RuntimeException e) {
            LOG.atDebug().addKeyValue("reason", e).log("limits could not be looked after");
        }
    }

    private static int alive(DSLContext sql) {
        var count = sql.selectCount()
                .from(REPLICAS)
                .where(REPLICAS.HEARTBEAT_AT.gt(NOW.minus(seconds(60))))
                .fetchSingle()
                .value1();
        return Math.max(1, count);
    }

    /// A row that somebody is paying from is left for the next time.
    private static void forgetFull(DSLContext sql) {
        var full = sql.select(LIMIT_BUCKETS.KEY)
                .from(LIMIT_BUCKETS)
                .where(LIMIT_BUCKETS.FULL_AT.lt(NOW.minus(seconds(60))))
                .limit(FORGOTTEN_AT_ONCE)
                .forUpdate()
                .skipLocked();
        sql.deleteFrom(LIMIT_BUCKETS).where(LIMIT_BUCKETS.KEY.in(full)).execute();
    }

    private Set<String> crowdedRules(DSLContext sql) {
        return sql.select(LIMIT_BUCKETS.RULE)
                .from(LIMIT_BUCKETS)
                .groupBy(LIMIT_BUCKETS.RULE)
                .having(DSL.count().ge(mostForARule))
                .fetchSet(LIMIT_BUCKETS.RULE);
    }

    private static DayToSecond seconds(int seconds) {
        return DayToSecond.valueOf(Duration.ofSeconds(seconds));
    }
}
