package dev.portcullis.console.counts.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.counts.CountedPeriod;
import dev.portcullis.console.counts.NamedCount;
import dev.portcullis.console.counts.RecordedCalls;
import dev.portcullis.console.counts.Subject;
import dev.portcullis.console.counts.query.CallCountQuery;
import dev.portcullis.database.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

class CallCountStoreTest {
    private static final List<String> REFUSALS = List.of("denied", "refused");
    private static final List<String> ERRORS = List.of("tool_error");
    private static final int PLENTY = 1_000;

    private final TestDatabase database = TestDatabase.create();
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private final CallCountStore store = new CallCountStore(database.dataSource());
    private final CallCountQuery counts = new CallCountQuery(database.dataSource());
    private final RecordedCalls calls = new RecordedCalls(database.dataSource());
    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void callIsCountedOnceHoweverOftenSomebodyLooks() {
        // Given
        calls.record(now, "one", "succeeded", 3);
        calls.record(now, "one", "denied", 2);
        calls.record(now, "two", "tool_error", 1);

        // When
        store.count(PLENTY, now);
        store.count(PLENTY, now);

        // Then
        var hour = CountedPeriod.around(now.minusHours(1), now.plusMinutes(1), now);
        assertThat(total(hour)).isEqualTo(Map.of("succeeded", 3L, "denied", 2L, "tool_error", 1L));
        assertThat(top(Subject.TOOL, hour))
                .containsExactly(new NamedCount("one", 5, 2, 0), new NamedCount("two", 1, 0, 1));
        assertThat(top(Subject.CALLER, hour)).extracting(NamedCount::name).containsExactly("key:of-one", "key:of-two");
        assertThat(top(Subject.RULE, hour))
                .containsExactly(new NamedCount("rule-of-one", 2, 2, 0), new NamedCount("second-rule", 2, 2, 0));
        assertThat(counts.latencies(hour).values()).singleElement().satisfies(latencies -> {
            assertThat(latencies.count()).isEqualTo(4);
            assertThat(latencies.quantile(0.5))
                    .hasValueSatisfying(p50 -> assertThat(p50).isBetween(91_000L, 109_000L));
        });
    }

    @Test
    void recordOfManyCountsAsManyAndTakesNoTime() {
        // Given
        calls.turnAway(now, 5_000);
        calls.record(now, "one", "succeeded", 1);

        // When
        store.count(PLENTY, now);

        // Then
        var hour = CountedPeriod.around(now.minusHours(1), now.plusMinutes(1), now);
        assertThat(total(hour)).isEqualTo(Map.of("succeeded", 1L, "refused", 5_000L));
        assertThat(counts.latencies(hour).values())
                .singleElement()
                .satisfies(latencies -> assertThat(latencies.count()).isEqualTo(1));
    }

    @Test
    void everyGrainHasTheSame() {
        // Given
        calls.record(now.minusHours(20), "one", "succeeded", 4);
        calls.record(now, "one", "succeeded", 1);

        // When
        store.count(PLENTY, now);

        // Then
        for (var days : List.of(1, 7, 30, 300)) {
            assertThat(total(CountedPeriod.around(now.minusDays(days), now.plusMinutes(1), now)))
                    .as("%s days", days)
                    .isEqualTo(Map.of("succeeded", 5L));
        }
    }

    @Test
    void lateCallIsCountedWhereItBelongs() {
        // Given
        calls.record(now, "one", "succeeded", 1);
        store.count(PLENTY, now);

        // When
        calls.record(now.minusHours(3), "one", "succeeded", 1);
        store.count(PLENTY, now);

        // Then
        assertThat(total(CountedPeriod.around(now.minusHours(3).minusMinutes(10), now.minusHours(2), now)))
                .isEqualTo(Map.of("succeeded", 1L));
        assertThat(total(CountedPeriod.around(now.minusHours(4), now.plusMinutes(1), now)))
                .isEqualTo(Map.of("succeeded", 2L));
    }

    @Test
    void backlogIsCountedInPortions() {
        // Given
        var other = new RecordedCalls(database.dataSource());
        calls.record(now, "one", "succeeded", 12);
        other.record(now, "two", "succeeded", 3);

        // When
        var first = store.count(10, now);

        // Then
        assertThat(first).isEqualTo(10);
        assertThat(counts.waiting()).isEqualTo(5);
        assertThat(store.count(10, now)).isEqualTo(5);
        assertThat(store.count(10, now)).isZero();
        assertThat(total(CountedPeriod.around(now.minusHours(1), now.plusMinutes(1), now)))
                .isEqualTo(Map.of("succeeded", 15L));
    }

    @Test
    void oneConsoleCountsAtATime() {
        // Given
        calls.record(now, "one", "succeeded", 1);

        sql.transaction(other -> {
            other.dsl().execute("select gateway.try_to_count_calls()");

            // When
            var counted = store.count(PLENTY, now);

            // Then
            assertThat(counted).isZero();
        });
        assertThat(store.count(PLENTY, now)).isEqualTo(1);
    }

    @Test
    void chainWhoseBeginningIsGoneIsNotWalkedThrough() {
        // Given
        calls.skip(1_000_000_000L);
        calls.record(now, "one", "succeeded", 2);

        // When
        var counted = store.count(PLENTY, now);

        // Then
        assertThat(counted).isEqualTo(2);
        assertThat(counts.waiting()).isZero();
    }

    @Test
    void countsAreMadeAgainFromTheTrail() {
        // Given
        calls.record(now, "one", "succeeded", 2);
        store.count(PLENTY, now);

        // When
        sql.execute("select gateway.recount_calls()");

        // Then
        assertThat(counts.isBegun()).isFalse();
        store.count(PLENTY, now);
        assertThat(total(CountedPeriod.around(now.minusHours(1), now.plusMinutes(1), now)))
                .isEqualTo(Map.of("succeeded", 2L));
    }

    @Test
    void countsGoWithThePartOfTheirCalls() {
        // Given
        var longAgo = now.minusMonths(4);
        sql.execute("select audit.add_partition(?::date)", longAgo.toLocalDate().toString());
        calls.record(longAgo, "one", "succeeded", 1);
        calls.record(now, "one", "succeeded", 1);
        store.count(PLENTY, now);
        var both = CountedPeriod.around(longAgo.minusDays(1), now.plusMinutes(1), now);
        assertThat(total(both)).isEqualTo(Map.of("succeeded", 2L));

        // When
        sql.execute(
                "select audit.drop_part(name, 'test', 'old') from audit.parts() where starts <= ?::timestamptz and ends > ?::timestamptz",
                longAgo,
                longAgo);
        var more = store.tidy(now);

        // Then
        assertThat(more).isFalse();
        assertThat(total(both)).isEqualTo(Map.of("succeeded", 1L));
        assertThat(top(Subject.TOOL, both)).containsExactly(new NamedCount("one", 1, 0, 0));
    }

    @Test
    void fineCountsGoWhenTheyAreOld() {
        // Given
        calls.record(now, "one", "succeeded", 1);
        store.count(PLENTY, now);

        // When
        store.tidy(now.plusDays(3));

        // Then
        assertThat(sql.fetchValues("select distinct grain from gateway.call_counts order by 1"))
                .isEqualTo(List.of("1d", "1h"));
        assertThat(sql.fetchValues("select distinct grain from gateway.call_latencies order by 1"))
                .isEqualTo(List.of("1d", "1h"));
    }

    private List<NamedCount> top(Subject subject, CountedPeriod period) {
        return counts.top(subject, period, REFUSALS, ERRORS, 10);
    }

    private Map<String, Long> total(CountedPeriod period) {
        var total = new java.util.TreeMap<String, Long>();
        counts.series(period)
                .values()
                .forEach(step -> step.forEach((outcome, count) -> total.merge(outcome, count, Long::sum)));
        return total;
    }
}
