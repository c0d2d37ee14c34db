package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class SinkStoreTest {
    private static final SinkSettings SINK = new SinkSettings(
            "siem",
            new SinkSettings.Syslog("localhost", 1, Optional.empty()),
            Start.BEGINNING,
            Content.TOOL_CALLS,
            false);

    private final TestDatabase database = TestDatabase.create();
    private final SinkStore store = new SinkStore(database.dataSource());
    private final ChainedCalls chain = new ChainedCalls(database.dataSource());
    private final List<String> sent = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void recordsThatVanishFromTheEndOfAChainAreMissedOnceTheRestIsSent() {
        // Given
        chain.record(5, "any");
        store.prepare(SINK);
        advance(2);

        // When
        chain.dropBehind(3);
        advance(10);
        var before = List.copyOf(gaps);
        advance(10);
        chain.record(1, "any");
        advance(10);
        advance(10);

        // Then
        assertThat(before).isEmpty();
        assertThat(gaps).containsExactly(new Gap(chain.chain(), 4, 5, Optional.empty()));
        assertThat(sent)
                .containsExactly(
                        chain.ids().get(0),
                        chain.ids().get(1),
                        chain.ids().get(2),
                        chain.ids().get(5));
    }

    @Test
    void partsOfTheTrailMayGoWhileAReceiverIsWaitedFor() {
        // Given
        chain.record(1, "any");
        store.prepare(SINK);

        // When
        store.advance(SINK, new Portion(1, 1, false), waiting -> {
            DSL.using(database.dataSource(), SQLDialect.POSTGRES).transaction(transaction -> {
                transaction.dsl().execute("set local lock_timeout = '1s'");
                transaction.dsl().execute("lock table audit.exchanges in access exclusive mode");
            });
            note(waiting);
        });

        // Then
        assertThat(sent).isEqualTo(chain.ids());
    }

    @Test
    void cursorStaysWhereAnotherConsoleHasPutItMeanwhile() {
        // Given
        chain.record(3, "any");
        store.prepare(SINK);

        // When
        store.advance(SINK, new Portion(1, 1, false), waiting -> {
            note(waiting);
            advance(2);
        });
        advance(10);

        // Then
        assertThat(sent)
                .containsExactly(
                        chain.ids().get(0),
                        chain.ids().get(0),
                        chain.ids().get(1),
                        chain.ids().get(2));
    }

    @Test
    void chainThatBeganAfterTheLastLookIsNotSentTwice() {
        // Given
        store.prepare(SINK);
        chain.record(2, "any");

        // When
        advance(10);
        advance(10);

        // Then
        assertThat(sent).isEqualTo(chain.ids());
    }

    @Test
    void oneConsoleAtATimeWorksForASink() {
        // Given
        var here = store.lock(SINK);
        var elsewhere = store.lock(SINK);

        // When
        var first = List.of(here.isOurs(), elsewhere.isOurs(), here.isOurs(), elsewhere.isOurs());
        here.close();
        var second = List.of(elsewhere.isOurs(), here.isOurs());
        elsewhere.close();

        // Then
        assertThat(first).containsExactly(true, false, true, false);
        assertThat(second).containsExactly(true, false);
    }

    @Test
    void lockGoesWithItsConnection() {
        // Given
        var here = store.lock(SINK);
        var elsewhere = store.lock(SINK);
        assertThat(here.isOurs()).isTrue();

        // When
        DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .fetch("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database where datname = current_database())");

        // Then
        await().atMost(Duration.ofSeconds(10)).until(elsewhere::isOurs);
        assertThat(here.isOurs()).isFalse();
        elsewhere.close();
    }

    private void advance(int records) {
        store.advance(SINK, new Portion(records, 1_000_000, false), this::note);
    }

    private void note(Waiting waiting) {
        gaps.addAll(waiting.gaps());
        waiting.calls().forEach(call -> sent.add(call.call().id().toString()));
    }
}
