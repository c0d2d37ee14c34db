package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        assertThat(gaps).containsExactly(new Gap(chain.chain(), 4, 5));
        assertThat(sent)
                .containsExactly(
                        chain.ids().get(0),
                        chain.ids().get(1),
                        chain.ids().get(2),
                        chain.ids().get(5));
    }

    private void advance(int records) {
        store.advance(SINK, new Portion(records, 1_000_000, false), this::note);
    }

    private void note(Waiting waiting) {
        gaps.addAll(waiting.gaps());
        waiting.calls().forEach(call -> sent.add(call.call().id().toString()));
    }
}
