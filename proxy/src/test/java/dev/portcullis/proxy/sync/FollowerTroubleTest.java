package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keys or credentials that cannot be read at all: kills are obeyed nevertheless, and somebody hears of
/// it.
class FollowerTroubleTest {
    /// Reads only when it is allowed to.
    private static final class Moody implements Follower {
        private volatile boolean works;

        @Override
        public boolean look(Connection connection) {
            if (!works) {
                throw new IllegalStateException("not today");
            }
            return false;
        }

        @Override
        public String what() {
            return "moods";
        }
    }

    @Test
    void whatCannotBeReadHoldsUpNoKillAndShows() throws Exception {
        var moody = new Moody();
        try (var database = TestDatabase.create();
                var metrics = new ProxyMetrics();
                var subscription = subscription(database, metrics)) {
            // Given
            var sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
            sql.insertInto(POLICY_VERSIONS)
                    .set(POLICY_VERSIONS.DOCUMENT, """
                            apiVersion: portcullis/v1
                            organization: acme
                            routes:
                              one: {upstream: sandbox, profile: port, authentication: open}
                            """)
                    .set(POLICY_VERSIONS.COMMENT, "test")
                    .set(POLICY_VERSIONS.AUTHOR, "admin")
                    .execute();
            subscription.follow(moody);
            subscription.start(Duration.ofSeconds(20));

            // When
            sql.insertInto(KILLS)
                    .set(KILLS.ID, UUID.randomUUID())
                    .set(KILLS.SCOPE, JSONB.jsonb("{}"))
                    .set(KILLS.REASON, "test")
                    .set(KILLS.ENGAGED_BY, "admin")
                    .execute();

            // Then
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> subscription.current().kills().size() == 1);
            assertThat(subscription.health().unreadable()).containsExactly("moods");
            assertThat(metrics.scrape()).contains("portcullis_sync_unreadable 1.0");

            // And when it can be read again
            moody.works = true;
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> subscription.health().unreadable().isEmpty());
        }
    }

    /// Loses the connection while it reads.
    private static final class Unplugging implements Follower {
        private final CountDownLatch unplugged = new CountDownLatch(3);

        @Override
        public boolean look(Connection connection) {
            unplugged.countDown();
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("unplugged");
        }

        @Override
        public String what() {
            return "plugs";
        }
    }

    @Test
    void lostConnectionIsTheDatabasesTroubleAndNotThatOfWhoeverReads() throws Exception {
        var unplugging = new Unplugging();
        try (var database = TestDatabase.create();
                var metrics = new ProxyMetrics();
                var subscription = subscription(database, metrics)) {
            // Given
            subscription.follow(unplugging);

            // When
            Thread.startVirtualThread(() -> startInVain(subscription));
            assertThat(unplugging.unplugged.await(20, TimeUnit.SECONDS)).isTrue();

            // Then
            assertThat(subscription.health().unreadable()).isEmpty();
            assertThat(subscription.health().trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("unplugged"));
        }
    }

    private static PolicySubscription subscription(TestDatabase database, ProxyMetrics metrics) {
        var settings = new DatabaseSettings(database.url(), database.user(), new Secret(database.password()));
        return new PolicySubscription(
                new Database(settings), "replica-1", PolicyCompiler.embedded(1), Clock.systemUTC(), metrics);
    }

    /// Nothing is published, so nothing can be in force.
    private static void startInVain(PolicySubscription subscription) {
        try {
            subscription.start(Duration.ofSeconds(5));
        } catch (NoPolicyException expected) {
            // Nor does the test wait for one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
