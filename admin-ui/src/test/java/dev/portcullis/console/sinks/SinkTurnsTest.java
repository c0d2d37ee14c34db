package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a receiver chokes on holds up no more than it must. Batches are of one record, as they are when sending has
/// failed for a while.
class SinkTurnsTest {
    private static final int ATTEMPTS = 150;
    private static final Portion ONE = new Portion(1, 1, false);
    private static final SinkSettings SINK = new SinkSettings(
            "siem", new SinkSettings.Syslog("localhost", 1, Optional.empty()), Start.BEGINNING, Content.ALL, false);

    private final TestDatabase database = TestDatabase.create();
    private final SinkStore store = new SinkStore(database.dataSource());
    private final ChainedCalls one = new ChainedCalls(database.dataSource());
    private final ChainedCalls other = new ChainedCalls(database.dataSource());
    private final List<String> sent = new ArrayList<>();

    @BeforeEach
    void record() {
        one.record(3, "any");
        other.record(3, "any");
        var events = new AdminEventStore(database.dataSource());
        events.append(AdminEvent.of("alice", AdminEvent.SIGNED_IN));
        events.append(AdminEvent.of("alice", AdminEvent.SIGNED_OUT));
        store.prepare(SINK);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void chainThatCannotBeSentHoldsUpNoOther() {
        // Given
        var poisoned = one.chain().compareTo(other.chain()) < 0 ? one : other;
        var well = poisoned == one ? other : one;

        // When
        attempt(waiting ->
                waiting.calls().stream().anyMatch(call -> call.chain().equals(poisoned.chain())));

        // Then
        assertThat(sent)
                .contains(AdminEvent.SIGNED_IN, AdminEvent.SIGNED_OUT)
                .containsSubsequence(well.ids())
                .doesNotContainAnyElementsOf(poisoned.ids());
    }

    @Test
    void adminEventsThatCannotBeSentHoldUpNoExchanges() {
        // When
        attempt(waiting -> !waiting.events().isEmpty());

        // Then
        assertThat(sent)
                .containsSubsequence(one.ids())
                .containsSubsequence(other.ids())
                .hasSize(6);
    }

    @Test
    void portionIsFilledByWhoeverWaits() {
        // When
        store.advance(SINK, new Portion(7, 1_000_000, false), this::note);

        // Then
        assertThat(sent).hasSize(7).contains(AdminEvent.SIGNED_IN, AdminEvent.SIGNED_OUT);
    }

    private void attempt(Predicate<Waiting> refused) {
        for (var i = 0; i < ATTEMPTS; i++) {
            try {
                store.advance(SINK, ONE, waiting -> {
                    if (refused.test(waiting)) {
                        throw new SinkFailureException(new IOException("refused"));
                    }
                    note(waiting);
                });
            } catch (SinkFailureException e) {
                // it is tried again
            }
        }
    }

    private void note(Waiting waiting) {
        waiting.events().forEach(event -> sent.add(event.event().event()));
        waiting.calls().forEach(call -> sent.add(call.call().id().toString()));
    }
}
