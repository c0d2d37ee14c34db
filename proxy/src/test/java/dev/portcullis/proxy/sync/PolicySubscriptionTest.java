package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

class PolicySubscriptionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IN_FORCE_WITHIN = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private final ProxyMetrics metrics = new ProxyMetrics();
    private RelayedDatabase database;
    private DSLContext sql;
    private PolicySubscription subscription;

    @BeforeEach
    void create() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        subscription = subscription(PolicyCompiler.embedded(1));
    }

    @AfterEach
    void close() throws IOException {
        subscription.close();
        metrics.close();
        database.close();
    }

    @Test
    void startReturnsWithTheHighestVersionInForce() throws InterruptedException {
        // Given
        publish(document("one"));
        publish(document("two"));

        // When
        var first = subscription.start(PATIENCE);

        // Then
        assertThat(first.version()).isEqualTo(2);
        assertThat(first.document().routes()).containsOnlyKeys("two");
        assertThat(subscription.current()).isSameAs(first);
        await().until(() -> replicaVersion() == 2);
        assertThat(metrics.scrape()).contains("portcullis_policy_version 2.0");
    }

    @Test
    void publicationIsInForceWithinASecond() throws InterruptedException {
        // Given
        publish(document("one"));
        subscription.start(PATIENCE);

        // When
        publish(document("two"));

        // Then
        await().atMost(IN_FORCE_WITHIN).until(() -> subscription.current().version() == 2);
        await().until(() -> replicaVersion() == 2);
    }

    @Test
    void publicationWithoutANoticeIsFoundAllTheSame() throws InterruptedException {
        // Given
        publish(document("one"));
        subscription.start(PATIENCE);
        sql.execute("alter table gateway.policy_versions disable trigger announce");

        // When
        publish(document("two"));

        // Then
        await().atMost(Duration.ofSeconds(3)).until(() -> subscription.current().version() == 2);
    }

    @Test
    void killIsObeyedThenAcknowledgedAndReleased() throws InterruptedException {
        // Given
        publish(document("one"));
        var decided = subscription
                .start(PATIENCE)
                .decisionPoint()
                .decideHere(connection())
                .orElseThrow();
        assertThat(decided).isInstanceOf(Decision.Allow.class);

        // When
        var kill = engage("{\"organization\": true}", null);

        // Then
        await().atMost(IN_FORCE_WITHIN)
                .until(() -> subscription.current().kills().size() == 1);
        assertThat(subscription
                        .current()
                        .decisionPoint()
                        .decideHere(connection())
                        .orElseThrow())
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.rules()).containsExactly("kill:" + kill));
        await().until(() -> acknowledged(kill));

        // When
        sql.update(KILLS)
                .set(KILLS.RELEASED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                .set(KILLS.RELEASED_BY, "admin")
                .execute();

        // Then
        await().atMost(IN_FORCE_WITHIN)
                .until(() -> subscription.current().kills().isEmpty());
    }

    @Test
    void killIsAcknowledgedOnlyWhenEveryListenerHasObeyed() throws InterruptedException {
        // Given
        var isObedient = new AtomicBoolean();
        subscription.onChange(snapshot -> {
            if (!snapshot.kills().isEmpty() && !isObedient.get()) {
                throw new IllegalStateException("not yet");
            }
        });
        publish(document("one"));
        subscription.start(PATIENCE);

        // When
        var kill = engage("{\"routes\": [\"one\"]}", null);
        await().until(() -> subscription.current().kills().size() == 1);

        // Then
        assertThat(acknowledged(kill)).isFalse();
        isObedient.set(true);
        await().until(() -> acknowledged(kill));
    }

    @Test
    void unusableVersionChangesNothingButKillsStillTakeEffect() throws InterruptedException {
        // Given
        publish(document("one"));
        subscription.start(PATIENCE);

        // When
        publish("apiVersion: portcullis/v1\nnonsense: true\n");
        await().until(() -> subscription.health().rejectedVersion().isPresent());
        engage("{\"organization\": true}", null);

        // Then
        await().until(() -> subscription.current().kills().size() == 1);
        assertThat(subscription.current().version()).isEqualTo(1);
        assertThat(subscription.health().rejections()).isEqualTo(1);
        assertThat(subscription.health().trouble())
                .hasValueSatisfying(reason -> assertThat(reason).contains("nonsense"));

        // When
        publish(document("three"));

        // Then
        await().until(() -> subscription.current().version() == 3);
        assertThat(subscription.health().rejectedVersion()).isEmpty();
        assertThat(subscription.current().kills()).hasSize(1);
    }

    @Test
    void outageKeepsPolicyAndKillsAndEndsThoseThatEnd() throws InterruptedException {
        // Given
        publish(document("one"));
        var lasting = engage("{\"routes\": [\"one\"]}", null);
        engage("{\"organization\": true}", Instant.now().plusSeconds(600));
        subscription.start(PATIENCE);
        assertThat(subscription.current().kills()).hasSize(2);

        // When
        database.relay().cut();
        await().until(() -> subscription.health().trouble().isPresent());
        publish(document("two"));

        // Then
        assertThat(subscription.current().kills()).hasSize(2);
        assertThat(subscription.current().version()).isEqualTo(1);

        // When
        clock.advance(Duration.ofMinutes(11));

        // Then
        await().until(() -> subscription.current().kills().size() == 1);
        assertThat(subscription.current().kills()).extracting(Kill::id).containsExactly(lasting);

        // When
        database.relay().mend();

        // Then
        await().until(() -> subscription.current().version() == 2);
        assertThat(subscription.health().trouble()).isEmpty();
    }

    @Test
    void killEndsAtItsTime() throws InterruptedException {
        publish(document("one"));
        engage("{\"organization\": true}", Instant.now().plusMillis(300));
        subscription.start(PATIENCE);

        await().until(() -> subscription.current().kills().isEmpty());
    }

    @Test
    void killsThatCannotBeCompiledRefuseEverything() throws InterruptedException {
        // Given
        var embedded = PolicyCompiler.embedded(1);
        subscription.close();
        subscription = subscription((document, version, kills) -> {
            if (!kills.isEmpty()) {
                throw new IllegalStateException("no kills today");
            }
            return embedded.compile(document, version, kills);
        });
        publish(document("one"));
        subscription.start(PATIENCE);

        // When
        engage("{\"tools\": [\"run_action\"]}", null);

        // Then
        await().until(() -> subscription.current().kills().size() == 1);
        assertThat(subscription
                        .current()
                        .decisionPoint()
                        .decideHere(connection())
                        .orElseThrow())
                .isInstanceOf(Decision.Undecided.class);
    }

    @Test
    void policiesAndKillsAreCompiledOnTheSubscriptionsThreadAlone() throws InterruptedException {
        // Given
        var embedded = PolicyCompiler.embedded(1);
        var threads = new ConcurrentLinkedQueue<String>();
        subscription.close();
        subscription = subscription((document, version, kills) -> {
            threads.add(Thread.currentThread().getName());
            return embedded.compile(document, version, kills);
        });

        // When
        publish(document("one"));
        subscription.start(PATIENCE);
        publish(document("two"));
        await().until(() -> subscription.current().version() == 2);
        engage("{\"organization\": true}", null);
        await().until(() -> subscription.current().kills().size() == 1);

        // Then
        assertThat(threads).hasSizeGreaterThanOrEqualTo(3).containsOnly("policy-subscription");
    }

    @Test
    void startWithoutAPolicySaysSo() {
        assertThatThrownBy(() -> subscription.start(Duration.ofMillis(500)))
                .isInstanceOf(NoPolicyException.class)
                .hasMessageContaining("No policy is published yet");
    }

    @Test
    void startWithoutADatabaseSaysSo() {
        database.relay().cut();

        assertThatThrownBy(() -> subscription.start(Duration.ofMillis(500)))
                .isInstanceOf(NoPolicyException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void startWithAnUnusablePolicySaysWhatIsWrong() {
        publish("nonsense: true");

        assertThatThrownBy(() -> subscription.start(Duration.ofMillis(500)))
                .isInstanceOf(NoPolicyException.class)
                .hasMessageContaining("Policy version 1 cannot be used", "nonsense");
    }

    @Test
    void closedReplicaIsNotWaitedFor() throws InterruptedException {
        // Given
        publish(document("one"));
        subscription.start(PATIENCE);
        await().until(() -> replicaVersion() == 1);

        // When
        subscription.close();

        // Then
        assertThat(sql.fetchCount(REPLICAS)).isZero();
    }

    @Test
    void conditionIsToldWithTheHeartbeat() throws InterruptedException {
        // Given
        var end = Instant.parse("2027-01-01T00:00:00Z");
        subscription.reportWith(() -> new ReplicaCondition(0.5, Optional.of(end)));
        publish(document("one"));

        // When
        subscription.start(PATIENCE);

        // Then
        await().until(() -> replicaVersion() == 1);
        var told = sql.select(REPLICAS.TRAIL_FILL, REPLICAS.CERTIFICATE_ENDS_AT)
                .from(REPLICAS)
                .fetchSingle();
        assertThat(told.value1()).isEqualTo(0.5f);
        assertThat(told.value2().toInstant()).isEqualTo(end);
    }

    private PolicySubscription subscription(PolicyCompiler compiler) {
        return new PolicySubscription(database.relayed(), "replica-1", compiler, clock, metrics);
    }

    private static String document(String route) {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  %s: {upstream: sandbox, profile: port, authentication: open}
                rules: []
                """.formatted(route);
    }

    private void publish(String document) {
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, document)
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "admin")
                .execute();
    }

    private UUID engage(String scope, @Nullable Instant until) {
        var id = UUID.randomUUID();
        sql.insertInto(KILLS)
                .set(KILLS.ID, id)
                .set(KILLS.SCOPE, JSONB.jsonb(scope))
                .set(KILLS.REASON, "test")
                .set(
                        KILLS.UNTIL,
                        Optional.ofNullable(until)
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .set(KILLS.ENGAGED_BY, "admin")
                .execute();
        return id;
    }

    private boolean acknowledged(UUID kill) {
        return sql.fetchExists(
                KILL_ACKNOWLEDGEMENTS,
                KILL_ACKNOWLEDGEMENTS.KILL.eq(kill).and(KILL_ACKNOWLEDGEMENTS.REPLICA.eq("replica-1")));
    }

    private long replicaVersion() {
        return sql.select(REPLICAS.POLICY_VERSION)
                .from(REPLICAS)
                .fetchOptional(REPLICAS.POLICY_VERSION)
                .orElse(-1L);
    }

    private static PolicyInput connection() {
        return new PolicyInput(
                UUID.randomUUID(),
                "acme",
                Instant.now(),
                "one",
                PolicyInput.CallerFacts.anonymous(),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.Connection());
    }
}
