package dev.portcullis.console.trail.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TrailQueryTest {
    private static TestDatabase database;
    private static TrailQuery trail;
    private static ChainedCalls one;
    private static ChainedCalls other;

    @BeforeAll
    static void record() {
        database = TestDatabase.create();
        trail = new TrailQuery(database.dataSource());
        one = new ChainedCalls(database.dataSource());
        other = new ChainedCalls(database.dataSource());
        one.record(20, "any");
        other.record(5, "any");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void headsAreTheLastOfEachChain() {
        assertThat(trail.heads()).isEqualTo(new Places(Map.of(one.chain(), 20L, other.chain(), 5L)));
    }

    @Test
    void chainsTakeTurns() {
        var calls = trail.after(Places.beginning(), trail.heads(), new Portion(8, 1_000_000, false));

        assertThat(calls).hasSize(8).extracting(PlacedCall::chain).contains(one.chain(), other.chain());
        assertThat(calls).allSatisfy(call -> assertThat(call.call().arguments()).isEmpty());
    }

    @Test
    void bytesAreForAllChains() {
        var calls = trail.after(Places.beginning(), trail.heads(), new Portion(500, 100, true));

        assertThat(calls).hasSizeBetween(5, 6).extracting(PlacedCall::chain).contains(one.chain(), other.chain());
    }

    @Test
    void anyChainMayBeFirst() {
        // Given
        var heads = trail.heads();

        // When
        var first = IntStream.range(0, 60)
                .mapToObj(_ -> trail.after(Places.beginning(), heads, new Portion(1, 1, false)))
                .map(calls -> calls.getFirst().chain())
                .collect(Collectors.toSet());

        // Then
        assertThat(first).containsExactlyInAnyOrder(one.chain(), other.chain());
    }

    @Test
    void portionIsBoundedByBytes() {
        var heads = trail.heads();

        assertThat(trail.after(Places.beginning(), heads, new Portion(500, 1, true)))
                .hasSize(1);
        assertThat(trail.after(Places.beginning(), heads, new Portion(500, 50, true)))
                .hasSizeBetween(2, 4);
    }

    @Test
    void portionsLeadToTheHeads() {
        // Given
        var heads = trail.heads();
        var places = Places.beginning();

        // When
        for (var i = 0; i < 10 && !places.reach(heads); i++) {
            places = places.after(trail.after(places, heads, new Portion(7, 1_000_000, false)));
        }

        // Then
        assertThat(places).isEqualTo(heads);
        assertThat(trail.after(places, heads, new Portion(7, 1, false))).isEmpty();
    }

    /// The planner may prefer to read a small table whole; it is told that this is dear.
    @Test
    void headsAreFoundAlongTheIndex() {
        var plan = DSL.using(database.dataSource(), SQLDialect.POSTGRES).transactionResult(transaction -> {
            transaction.dsl().execute("set local enable_seqscan = off");
            transaction.dsl().execute("set local enable_sort = off");
            var lines = transaction.dsl().fetch("explain " + TrailQuery.ENDS.formatted("desc"));
            return String.join("\n", lines.getValues(0, String.class));
        });

        assertThat(List.of("Seq Scan on", "Sort  (cost"))
                .allSatisfy(dear -> assertThat(plan).doesNotContain(dear));
        assertThat(plan).contains("chain_sequence_idx");
    }
}
