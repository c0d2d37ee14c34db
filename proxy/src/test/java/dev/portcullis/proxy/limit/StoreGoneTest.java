package dev.portcullis.proxy.limit;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static dev.portcullis.proxy.limit.Claims.enforced;
import static dev.portcullis.proxy.limit.Claims.localWithoutStore;
import static dev.portcullis.proxy.limit.Claims.observed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// What becomes of limits while the database is away, or too slow.
class StoreGoneTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DEADLINE = Duration.ofMillis(250);

    private final ConcurrentHashMap<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private RelayedDatabase database;
    private DSLContext sql;
    private CallLimits limits;

    @BeforeEach
    void create() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        IntStream.range(0, 4)
                .forEach(i -> sql.insertInto(REPLICAS)
                        .set(REPLICAS.REPLICA, "replica-" + i)
                        .set(REPLICAS.STARTED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                        .set(REPLICAS.HEARTBEAT_AT, OffsetDateTime.now(ZoneOffset.UTC))
                        .execute());
        limits = limits(CallLimitSettings.Store.POSTGRESQL, DEADLINE, 10_000);
        await().until(() -> pay(enforced("warm", 1000, DAY, "ada")).isAllowed());
    }

    @AfterEach
    void close() throws IOException {
        limits.close();
        database.close();
    }

    @Test
    void ruleRefusesWhatNobodyCanCount() {
        // Given
        database.relay().cut();
        var strict = enforced("strict", 1000, DAY, "ada");

        // When
        var verdict = pay(strict);

        // Then
        assertThat(verdict.isAllowed()).isFalse();
        assertThat(verdict.uncounted()).containsExactly(strict);
        assertThat(limits.health().trouble()).isPresent();
        assertThat(outcomes).containsKey("uncounted");
    }

    @Test
    void replicaCountsItsShareAloneWhenTheRuleWantsThat() {
        // Given
        database.relay().cut();

        // When
        var allowed = allowed(30, localWithoutStore("lenient", 42, DAY, "ada"));

        // Then
        assertThat(allowed).isEqualTo(42 / 4);
        assertThat(outcomes.get("paid_alone").sum()).isEqualTo(10);
    }

    @Test
    void shareOfLessThanOneCallIsNone() {
        database.relay().cut();

        assertThat(pay(localWithoutStore("lenient", 3, DAY, "ada")).uncounted()).hasSize(1);
    }

    @Test
    void whatWasPaidTogetherIsNotPaidOnceMoreAlone() {
        // Given
        var lenient = localWithoutStore("lenient", 40, DAY, "ada");
        assertThat(allowed(8, lenient)).isEqualTo(8);

        // When
        database.relay().cut();

        // Then
        assertThat(allowed(30, lenient)).isEqualTo(40 / 4 - 8);
    }

    @Test
    void oneRuleThatRefusesIsEnoughAndTheOthersPayNothing() {
        // Given
        database.relay().cut();
        var strict = enforced("strict", 1000, DAY, "ada");
        var lenient = localWithoutStore("lenient", 40, DAY, "ada");

        // When
        assertThat(IntStream.range(0, 20).mapToObj(i -> pay(strict, lenient)))
                .allSatisfy(verdict -> assertThat(verdict.uncounted()).containsExactly(strict));

        // Then
        assertThat(allowed(30, lenient)).isEqualTo(10);
    }

    @Test
    void ruleThatWatchesRefusesNothingEvenThen() {
        // Given
        database.relay().cut();
        var watching = observed("watching", 1000, DAY, "ada");

        // When
        var verdict = pay(watching);

        // Then
        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.observed()).containsExactly(watching);
    }

    @Test
    void replicaCountsTogetherAgainWhenTheDatabaseIsBack() {
        // Given
        var strict = enforced("strict", 10, DAY, "ada");
        assertThat(allowed(4, strict)).isEqualTo(4);
        database.relay().cut();
        pay(strict);

        // When
        database.relay().mend();

        // Then
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> limits.health().trouble().isEmpty());
        assertThat(allowed(20, strict)).isEqualTo(6);
    }

    @Test
    void bucketThatSomebodyHoldsIsWaitedForInBoundedTime() throws Exception {
        // Given
        var held = enforced("held", 10, DAY, "ada");
        pay(held);
        try (var connection = database.direct().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            DSL.using(connection, SQLDialect.POSTGRES)
                    .selectFrom(LIMIT_BUCKETS)
                    .forUpdate()
                    .fetch();

            // When
            var begin = System.nanoTime();
            var verdict = pay(held);

            // Then
            assertThat(verdict.uncounted()).containsExactly(held);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            connection.rollback();
        }
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> limits.health().trouble().isEmpty());
        assertThat(pay(held).isAllowed()).isTrue();
    }

    @Test
    void callThatFindsNoPlaceToWaitIsNotCounted() throws Exception {
        // Given
        var held = enforced("held", 1000, DAY, "ada");
        pay(held);
        try (var narrow = limits(CallLimitSettings.Store.POSTGRESQL, Duration.ofSeconds(10), 1);
                var connection = database.direct().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            DSL.using(connection, SQLDialect.POSTGRES)
                    .selectFrom(LIMIT_BUCKETS)
                    .forUpdate()
                    .fetch();

            // When
            var verdicts = IntStream.range(0, 50)
                    .mapToObj(i -> narrow.pay(List.of(held)).toCompletableFuture())
                    .toList();

            // Then
            assertThat(verdicts.stream().filter(CompletableFuture::isDone))
                    .hasSizeGreaterThanOrEqualTo(47)
                    .allSatisfy(
                            verdict -> assertThat(verdict.join().uncounted()).containsExactly(held));
            connection.rollback();
        }
    }

    @Test
    void replicaThatCountsForItselfNeedsNoDatabase() {
        // Given
        database.relay().cut();
        try (var own = limits(CallLimitSettings.Store.LOCAL, DEADLINE, 1)) {

            // When
            var allowed = IntStream.range(0, 9)
                    .filter(i -> own.pay(List.of(enforced("own", 4, DAY, "ada")))
                            .toCompletableFuture()
                            .join()
                            .isAllowed())
                    .count();

            // Then
            assertThat(allowed).isEqualTo(4);
            assertThat(own.health().isShared()).isFalse();
            assertThat(own.health().trouble()).isEmpty();
        }
    }

    private CallLimits limits(CallLimitSettings.Store store, Duration deadline, int waiting) {
        return CallLimits.start(
                new CallLimitSettings(store, deadline, waiting, 1000),
                database.relayed(),
                outcome -> outcomes.computeIfAbsent(outcome, any -> new LongAdder())
                        .increment());
    }

    private Verdict pay(Claim... claims) {
        return limits.pay(List.of(claims)).toCompletableFuture().join();
    }

    private long allowed(int calls, Claim claim) {
        return IntStream.range(0, calls).filter(i -> pay(claim).isAllowed()).count();
    }
}
