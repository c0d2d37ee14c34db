package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.otlp.OtlpSink;
import dev.portcullis.console.sinks.store.SinkStatusQuery;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.sinks.syslog.SyslogSink;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class SinkDeliveryTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.create();
    private final SinkStore store = new SinkStore(database.dataSource());
    private final ChainedCalls chain = new ChainedCalls(database.dataSource());
    private final List<Thread> workers = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (var worker : workers) {
            worker.interrupt();
            worker.join();
        }
        database.close();
    }

    @Test
    void outageOfASyslogServerLosesNothing(@TempDir Path folder) throws Exception {
        try (var server = SyslogServer.withTls(TestCertificates.in(folder))) {
            outageLosesNothing(server);
        }
    }

    @Test
    void outageOfACollectorLosesNothing() throws Exception {
        try (var collector = new LogCollector()) {
            collector.refuseNext(1);
            outageLosesNothing(collector);
        }
    }

    private void outageLosesNothing(TestReceiver receiver) {
        // Given
        var other = new ChainedCalls(database.dataSource());
        chain.record(30, "before");
        work(sink("siem", receiver, Start.BEGINNING, Content.TOOL_CALLS));
        await().atMost(LONG).until(() -> status("siem", receiver).lastError().isPresent());
        other.record(300, "meanwhile");

        // When
        receiver.start();
        await().atMost(LONG).until(() -> receiver.ids().containsAll(chain.ids()));
        receiver.stop();
        chain.record(700, "meanwhile");
        other.record(1, "late", OffsetDateTime.now(ZoneOffset.UTC).minusDays(40));
        await().atMost(LONG).until(() -> status("siem", receiver).failingSince().isPresent());
        receiver.start();

        // Then
        await().atMost(LONG).until(() -> status("siem", receiver).waiting() == 0);
        assertThat(receiver.ids())
                .containsSubsequence(chain.ids())
                .containsSubsequence(other.ids())
                .hasSameElementsAs(both(chain, other));
        assertThat(status("siem", receiver))
                .satisfies(status -> assertThat(status.isHealthy()).isTrue())
                .satisfies(status -> assertThat(status.acknowledged()).isGreaterThanOrEqualTo(1_031));
    }

    @Test
    void batchIsSentAgainUntilTheServerHasEndedTheConnectionInOrder() {
        try (var server = SyslogServer.plain()) {
            // Given
            chain.record(3, "any");
            server.start();
            server.resetNext(1);

            // When
            work(sink("siem", server, Start.BEGINNING, Content.TOOL_CALLS));

            // Then
            await().atMost(LONG).until(() -> status("siem", server).acknowledged() == 3);
            assertThat(server.ids()).hasSizeGreaterThan(3).hasSameElementsAs(chain.ids());
        }
    }

    @Test
    void newSinkBeginsWhereItsSettingsSay() {
        try (var fromNow = SyslogServer.plain();
                var fromBeginning = SyslogServer.plain()) {
            // Given
            chain.record(2, "before");
            fromNow.start();
            fromBeginning.start();
            store.prepare(sink("now", fromNow, Start.NOW, Content.ALL));

            // When
            chain.record(1, "after");
            work(sink("now", fromNow, Start.NOW, Content.ALL));
            work(sink("beginning", fromBeginning, Start.BEGINNING, Content.ALL));

            // Then
            await().atMost(LONG).until(() -> fromBeginning.ids().equals(chain.ids()));
            await().atMost(LONG)
                    .until(() -> fromNow.ids().equals(List.of(chain.ids().getLast())));
        }
    }

    @Test
    void whatIsDroppedBeforeItWasSentIsSaid() {
        try (var server = SyslogServer.plain()) {
            // Given
            var gone = new ChainedCalls(database.dataSource());
            var sink = sink("siem", server, Start.BEGINNING, Content.ALL);
            chain.record(1, "first");
            gone.record(4, "gone");
            store.prepare(sink);
            gone.drop();
            chain.skip(2);
            chain.record(1, "last");

            // When
            server.start();
            work(sink);

            // Then
            await().atMost(LONG)
                    .until(() -> server.bodies().stream()
                            .anyMatch(body ->
                                    body.at("/metadata/event_code").asString("").equals(AdminEvent.SINK_GAP)));
            assertThat(server.bodies())
                    .anySatisfy(body -> assertThat(body.path("message").asString())
                            .startsWith("Records 2 to 3 of chain " + chain.chain()))
                    .anySatisfy(body -> assertThat(body.path("message").asString())
                            .startsWith("Records 1 to 4 of chain " + gone.chain()));
            assertThat(server.ids()).containsAll(chain.ids());
        }
    }

    @Test
    void adminEventsAreSentInTheOrderInWhichTheyAreSeen() {
        try (var server = SyslogServer.plain()) {
            // Given
            server.start();
            var events = new AdminEventStore(database.dataSource());
            work(sink("siem", server, Start.BEGINNING, Content.ADMIN_EVENTS));
            chain.record(1, "unwanted");

            // When
            events.append(AdminEvent.of("alice", AdminEvent.SIGNED_IN));
            await().atMost(LONG).until(() -> server.messages().size() == 1);
            events.append(AdminEvent.of("alice", AdminEvent.KILL_ENGAGED).about("kill-1"));

            // Then
            await().atMost(LONG).until(() -> server.messages().size() == 2);
            assertThat(server.bodies())
                    .extracting(body -> body.at("/metadata/event_code").asString())
                    .containsExactly("signin.succeeded", "kill.engaged");
        }
    }

    @Test
    void argumentsAreSentOnlyWhenTheSettingsSaySo() {
        try (var without = SyslogServer.plain();
                var with = SyslogServer.plain()) {
            // Given
            without.start();
            with.start();
            chain.record(1, "any");
            var sink = sink("with", with, Start.BEGINNING, Content.ALL);

            // When
            work(sink("without", without, Start.BEGINNING, Content.ALL));
            work(new SinkSettings(sink.name(), sink.receiver(), sink.from(), sink.only(), true));

            // Then
            await().atMost(LONG)
                    .until(() -> !without.bodies().isEmpty() && !with.bodies().isEmpty());
            assertThat(without.messages().getFirst()).doesNotContain("rich").doesNotContain("sha256:short");
            assertThat(with.messages().getFirst()).contains("Z\\u00FCrich").contains("sha256:short");
            assertThat(with.bodies().getFirst().at("/unmapped/arguments/entity").asString())
                    .isEqualTo("Zürich");
        }
    }

    private static List<String> both(ChainedCalls one, ChainedCalls other) {
        var ids = new ArrayList<>(one.ids());
        ids.addAll(other.ids());
        return ids;
    }

    private static SinkSettings sink(String name, TestReceiver receiver, Start from, Content only) {
        return new SinkSettings(name, receiver.settings(), from, only, false);
    }

    private SinkStatus status(String name, TestReceiver receiver) {
        store.prepare(sink(name, receiver, Start.BEGINNING, Content.TOOL_CALLS));
        return new SinkStatusQuery(database.dataSource())
                .of(sink(name, receiver, Start.BEGINNING, Content.TOOL_CALLS))
                .orElseThrow();
    }

    private void work(SinkSettings settings) {
        var sink = switch (settings.receiver()) {
            case SinkSettings.Syslog syslog -> new SyslogSink(syslog);
            case SinkSettings.Otlp otlp -> new OtlpSink(otlp);
        };
        workers.add(Thread.ofVirtual().start(new SinkWorker(settings, sink, store, Clock.systemUTC())));
    }
}
