package dev.portcullis.proxy.limit;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;
import static dev.portcullis.proxy.limit.Claims.enforced;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Replicas that count together, on a real database.
class SharedLimitsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private final List<CallLimits> replicas = new ArrayList<>();
    private RelayedDatabase database;
    private DSLContext sql;

    @BeforeEach
    void create() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
    }

    @AfterEach
    void close() throws IOException {
        replicas.forEach(CallLimits::close);
        database.close();
    }

    @Test
    void replicasTogetherLetThroughExactlyWhatTheLimitAllows() {
        // Given
        var one = replica(1000);
        var other = replica(1000);

        // When
        var verdicts = IntStream.range(0, 400)
                .mapToObj(i -> (i % 2 == 0 ? one : other)
                        .pay(List.of(enforced("shared", 100, DAY, "ada")))
                        .toCompletableFuture())
                .toList();

        // Then
        assertThat(verdicts.stream().map(CompletableFuture::join).filter(Verdict::isAllowed))
                .hasSize(100);
    }

    @Test
    void callsOfSeveralRulesPayAllOrNothingAndNeverWaitInACircle() {
        // Given
        var one = replica(1000);
        var other = replica(1000);
        var narrow = enforced("narrow", 40, DAY, "ada");
        var wide = enforced("wide", 100, DAY, "ada");

        // When
        var verdicts = IntStream.range(0, 200)
                .mapToObj(i -> (i % 2 == 0 ? one.pay(List.of(narrow, wide)) : other.pay(List.of(wide, narrow)))
                        .toCompletableFuture())
                .toList();

        // Then
        assertThat(verdicts.stream().map(CompletableFuture::join).filter(Verdict::isAllowed))
                .hasSize(40);
        assertThat(allowed(one, 100, wide)).isEqualTo(60);
        assertThat(one.health().failures() + other.health().failures()).isZero();
    }

    @Test
    void subjectsAndRulesAndTermsHaveBucketsOfTheirOwn() {
        var limits = replica(1000);

        assertThat(allowed(limits, 9, enforced("few", 3, DAY, "ada"))).isEqualTo(3);
        assertThat(allowed(limits, 9, enforced("few", 3, DAY, "bob"))).isEqualTo(3);
        assertThat(allowed(limits, 9, enforced("other", 3, DAY, "ada"))).isEqualTo(3);
        assertThat(allowed(limits, 9, enforced("few", 4, DAY, "ada"))).isEqualTo(4);
        assertThat(allowed(limits, 9, enforced("few", 3, Duration.ofHours(1), "ada")))
                .isEqualTo(3);
    }

    @Test
    void ruleThatWatchesIsNamedAndRefusesNothing() {
        // Given
        var limits = replica(1000);
        var watching = observed("watching", 1, DAY, "ada");
        pay(limits, watching);

        // When
        var verdict = pay(limits, watching);

        // Then
        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.observed()).containsExactly(watching);
    }

    @Test
    void bucketFromATimeThatIsYetToComeNeitherGivesNorLocksOut() {
        // Given
        var limits = replica(1000);
        var claim = enforced("clock", 1000, Duration.ofSeconds(1), "ada");
        pay(limits, claim);
        var future = OffsetDateTime.now(ZoneOffset.UTC).plusYears(10);
        var ahead = TokenBucket.full(1000, Duration.ofSeconds(1), nanos(future));
        IntStream.range(0, 1000).forEach(i -> ahead.take());
        sql.update(LIMIT_BUCKETS)
                .set(LIMIT_BUCKETS.STATE, ahead.written())
                .set(LIMIT_BUCKETS.CHANGED_AT, future)
                .execute();

        // When
        var first = pay(limits, claim);

        // Then
        assertThat(first.isAllowed()).isFalse();
        await().atMost(5, TimeUnit.SECONDS).until(() -> pay(limits, claim).isAllowed());
    }

    @Test
    void furtherSubjectsOfACrowdedRuleShareOneBucket() {
        // Given
        var before = replica(3);
        IntStream.range(0, 3).forEach(i -> pay(before, enforced("few", 2, DAY, "caller-" + i)));

        // When
        var limits = replica(3);
        var further = IntStream.range(3, 10)
                .mapToLong(i -> allowed(limits, 1, enforced("few", 2, DAY, "caller-" + i)))
                .sum();

        // Then
        assertThat(further).isEqualTo(2);
        assertThat(allowed(limits, 5, enforced("few", 2, DAY, "caller-0"))).isEqualTo(1);
        assertThat(allowed(limits, 5, enforced("other", 2, DAY, "caller-5"))).isEqualTo(2);
        assertThat(sql.fetchCount(LIMIT_BUCKETS)).isEqualTo(5);
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        // Given
        var limits = replica(1000);
        pay(limits, enforced("old", 2, DAY, "ada"));
        sql.update(LIMIT_BUCKETS)
                .set(LIMIT_BUCKETS.FULL_AT, OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(2))
                .execute();
        pay(limits, enforced("new", 2, DAY, "ada"));

        // When
        replica(1000);

        // Then
        assertThat(sql.select(LIMIT_BUCKETS.RULE).from(LIMIT_BUCKETS).fetch(LIMIT_BUCKETS.RULE))
                .containsExactly("new");
    }

    @Test
    void connectionThatDiedUnnoticedCostsNobodyACall() {
        // Given
        var limits = replica(1000);
        pay(limits, enforced("few", 3, DAY, "ada"));

        // When
        database.relay().cut();
        database.relay().mend();

        // Then
        assertThat(allowed(limits, 5, enforced("few", 3, DAY, "ada"))).isEqualTo(2);
    }

    private CallLimits replica(int buckets) {
        var limits = CallLimits.start(
                new CallLimitSettings(CallLimitSettings.Store.POSTGRESQL, PATIENT, 10_000, buckets),
                database.relayed(),
                outcome -> {});
        replicas.add(limits);
        return limits;
    }

    private static Verdict pay(CallLimits limits, Claim claim) {
        return limits.pay(List.of(claim)).toCompletableFuture().join();
    }

    private static long allowed(CallLimits limits, int calls, Claim claim) {
        return IntStream.range(0, calls)
                .filter(i -> pay(limits, claim).isAllowed())
                .count();
    }

    private static long nanos(OffsetDateTime time) {
        return Duration.ofSeconds(time.toEpochSecond()).toNanos();
    }
}
