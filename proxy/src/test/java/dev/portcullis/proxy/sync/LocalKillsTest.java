package dev.portcullis.proxy.sync;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillOrder;
import dev.portcullis.policy.KillScope;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Kills that are engaged on one replica alone: with and without the database, and through restarts.
class LocalKillsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final ProxyMetrics metrics = new ProxyMetrics();
    private RelayedDatabase database;
    private DSLContext sql;
    private LocalKills kills;
    private PolicySubscription subscription;

    @BeforeEach
    void start() throws Exception {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
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
        subscribe();
    }

    @AfterEach
    void stop() throws IOException {
        subscription.close();
        metrics.close();
        database.close();
    }

    @Test
    void killIsInForceWhenTheCallReturnsAndIsReportedAndAcknowledged() {
        // When
        var engaged = kills.engage(order(Optional.empty()));

        // Then
        assertThat(engaged.kept()).isTrue();
        assertThat(inForce()).containsExactly(engaged.kill().id());
        assertThat(subscription.health().localKills()).isEqualTo(1);
        assertThat(metrics.scrape()).contains("portcullis_kills_local 1.0");
        await().until(() ->
                sql.fetchExists(KILLS, KILLS.ID.eq(engaged.kill().id()).and(KILLS.REPLICA.eq("replica-1"))));
        await().until(() -> sql.fetchExists(
                KILL_ACKNOWLEDGEMENTS,
                KILL_ACKNOWLEDGEMENTS.KILL.eq(engaged.kill().id())));
        assertThat(events()).containsExactly("replica:replica-1 kill.engaged");
    }

    @Test
    void killHoldsWithoutTheDatabaseAndThroughARestart() throws Exception {
        // Given
        database.relay().cut();
        await().until(() -> subscription.health().trouble().isPresent());

        // When
        var kill = kills.engage(order(Optional.empty())).kill().id();

        // Then
        assertThat(inForce()).containsExactly(kill);

        // When the replica starts again, as soon as the database lets it
        subscription.close();
        database.relay().mend();
        subscribe();

        // Then
        assertThat(inForce()).containsExactly(kill);
        await().until(() -> events().equals(List.of("replica:replica-1 kill.engaged")));
    }

    @Test
    void releaseWithoutTheDatabaseIsToldLater() throws Exception {
        // Given
        var kill = kills.engage(order(Optional.empty())).kill().id();
        await().until(() -> !events().isEmpty());
        database.relay().cut();
        await().until(() -> subscription.health().trouble().isPresent());

        // When
        var release = kills.release(kill, Optional.of("all clear"));

        // Then
        assertThat(release).isEqualTo(LocalKills.Release.RELEASED);
        assertThat(kills.release(kill, Optional.empty())).isEqualTo(LocalKills.Release.OVER);
        assertThat(inForce()).isEmpty();

        // When
        subscription.close();
        database.relay().mend();
        subscribe();

        // Then
        assertThat(inForce()).as("the database still has it as engaged").isEmpty();
        await().until(() ->
                "all clear".equals(sql.select(KILLS.RELEASE_REASON).from(KILLS).fetchOne(KILLS.RELEASE_REASON)));
        assertThat(events()).containsExactly("replica:replica-1 kill.engaged", "replica:replica-1 kill.released");
        await().until(() -> kills.all().isEmpty());
    }

    @Test
    void consoleReleasesItToo() {
        // Given
        var kill = kills.engage(order(Optional.empty())).kill().id();
        await().until(() -> !events().isEmpty());

        // When
        sql.update(KILLS)
                .set(KILLS.RELEASED_AT, DSL.currentOffsetDateTime())
                .set(KILLS.RELEASED_BY, "admin")
                .where(KILLS.ID.eq(kill))
                .execute();

        // Then
        await().until(() -> inForce().isEmpty());
        assertThat(kills.all()).isEmpty();
    }

    @Test
    void killOfAnotherReplicaIsNotObeyed() {
        // When
        sql.insertInto(KILLS)
                .set(KILLS.ID, UUID.randomUUID())
                .set(KILLS.SCOPE, org.jooq.JSONB.jsonb("{\"organization\": true}"))
                .set(KILLS.REASON, "test")
                .set(KILLS.ENGAGED_BY, "replica:replica-2")
                .set(KILLS.REPLICA, "replica-2")
                .execute();
        var own = kills.engage(order(Optional.empty())).kill().id();

        // Then
        await().until(() -> sql.fetchExists(KILL_ACKNOWLEDGEMENTS, KILL_ACKNOWLEDGEMENTS.KILL.eq(own)));
        assertThat(inForce()).containsExactly(own);
    }

    @Test
    void clockSetBackPutsAKillInForceAgain() {
        // Given
        var end = clock.instant().plusSeconds(60);
        var kill = kills.engage(order(Optional.of(end))).kill().id();
        database.relay().cut();
        await().until(() -> subscription.health().trouble().isPresent());
        clock.advance(Duration.ofSeconds(61));
        await().until(() -> inForce().isEmpty());

        // When
        clock.advance(Duration.ofSeconds(-30));

        // Then
        await().until(() -> inForce().equals(List.of(kill)));
    }

    @Test
    void fileThatIsNotUnderstoodKeepsTheReplicaFromStarting() throws IOException {
        for (var text : List.of("", "[]", "{\"kills\": [{\"id\": \"x\"}]}", "{\"kills\"")) {
            var file = Files.writeString(folder.resolve("broken.json"), text);

            assertThatThrownBy(() -> LocalKills.in(file, clock))
                    .as(text)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("it does not start");
        }
        assertThatThrownBy(() -> LocalKills.in(folder.resolve("nowhere/kills.json"), clock))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void fullDiskKeepsNoKillFromBeingObeyed() throws IOException {
        // Given
        Files.delete(folder.resolve("kills.json"));
        Files.createDirectories(folder.resolve("kills.json.new/in-the-way"));

        // When
        var engaged = kills.engage(order(Optional.empty()));

        // Then
        assertThat(engaged.kept()).isFalse();
        assertThat(inForce()).containsExactly(engaged.kill().id());
    }

    @Test
    void thereAreNeverTooMany() {
        var few = LocalKills.none();
        for (var i = 0; i < LocalKills.MOST; i++) {
            few.engage(order(Optional.empty()));
        }

        assertThatThrownBy(() -> few.engage(order(Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there are 500 kills here: release some, or stop everything");
        assertThat(few.inForce()).hasSize(LocalKills.MOST);

        // Then everything can be stopped all the same
        var everything =
                new KillOrder(KillScope.wholeOrganization(), List.of(), "leak", Optional.empty(), Optional.empty());
        few.engage(everything);
        assertThat(few.inForce()).hasSize(LocalKills.MOST + 1);

        // Then that is not for ever either
        for (var i = 1; i < LocalKills.MOST; i++) {
            few.engage(everything);
        }
        assertThatThrownBy(() -> few.engage(everything))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there are 1000 kills here: release some");
    }

    private void subscribe() throws InterruptedException {
        kills = LocalKills.in(folder.resolve("kills.json"), clock);
        subscription = new PolicySubscription(
                database.relayed(), "replica-1", PolicyCompiler.embedded(1), kills, clock, metrics);
        subscription.start(PATIENCE);
    }

    private List<UUID> inForce() {
        return subscription.current().kills().stream().map(Kill::id).toList();
    }

    private List<String> events() {
        return sql.selectFrom(ADMIN_EVENTS)
                .orderBy(ADMIN_EVENTS.OCCURRED_AT)
                .fetch(event -> event.getActor() + " " + event.getEvent());
    }

    private static KillOrder order(Optional<Instant> until) {
        return new KillOrder(
                KillScope.of(Map.of("routes", List.of("one"))), List.of("on-call"), "leak", Optional.empty(), until);
    }
}
