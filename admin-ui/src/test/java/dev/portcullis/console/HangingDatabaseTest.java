package dev.portcullis.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.signin.Visitor;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.SyslogServer;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.database.TcpRelay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// PostgreSQL keeps its connections and answers nothing; then it goes on.
@Timeout(120)
class HangingDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGER_THAN_ANYBODY_WAITS = Duration.ofSeconds(3);

    private static SyslogServer receiver;
    private static TcpRelay relay;
    private static RunningConsole console;
    private static Screens screens;

    @BeforeAll
    static void start() {
        receiver = SyslogServer.plain();
        receiver.start();
        console = new RunningConsole(
                List.of(new SinkSettings(
                        "siem",
                        receiver.settings(),
                        SinkSettings.Start.BEGINNING,
                        SinkSettings.Content.TOOL_CALLS,
                        false)),
                HangingDatabaseTest::relayed);
        screens = new Screens(console);
    }

    private static String relayed(String url) {
        var address = URI.create(url.substring("jdbc:".length()));
        try {
            relay = TcpRelay.to(address.getHost(), address.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "jdbc:postgresql://127.0.0.1:" + relay.port() + address.getPath() + "?socketTimeout=2";
    }

    @AfterEach
    void goOn() {
        screens.everybodyLeaves();
        relay.goOn();
    }

    @AfterAll
    static void stop() throws IOException {
        screens.close();
        console.close();
        relay.close();
        receiver.close();
    }

    @Test
    void programsAndPeopleAreAnsweredSoonAndAreServedAgain() {
        // Given connections that were in use a moment ago, which nobody looks at again before they are used
        var window = screens.windowOf("ada", Roles.ADMIN, Roles.AUDITOR).open("api-keys");
        assertThat(await(allAtOnce()))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        relay.stall();

        // When
        var begin = System.nanoTime();
        var answers = allAtOnce();
        var entry = atOnce(() -> new Visitor(console).signIn("admin", console.firstPassword()));
        window.open("tool-calls");

        // Then
        assertThat(await(answers)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("cannot reach its database");
        });
        assertThat(entry.join()).endsWith("/sign-in?busy");
        assertThat(window.emptyStates()).contains("This screen cannot be shown now");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);

        // When
        relay.goOn();

        // Then
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> console.get("/api/v1/kills").statusCode() == 200);
        assertThat(new Visitor(console).signIn("admin", console.firstPassword()))
                .doesNotContain("sign-in");
        assertThat(window.open("tool-calls").emptyStates()).doesNotContain("This screen cannot be shown now");
    }

    @Test
    void streamAndSinkMissNothing() throws Exception {
        // Given
        var chain = new ChainedCalls(console.database().dataSource());
        try (var stream = new Listener()) {
            chain.record(30, "hang");
            Awaitility.await().atMost(PATIENCE).until(() -> stream.ids.containsAll(chain.ids()));
            Awaitility.await().atMost(PATIENCE).until(() -> receiver.ids().containsAll(chain.ids()));

            // When
            relay.stall();
            chain.record(30, "hang");
            Thread.sleep(LONGER_THAN_ANYBODY_WAITS);
            relay.goOn();
            chain.record(1, "hang");

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stream.ids).isEqualTo(chain.ids()));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.ids())
                            .containsSubsequence(chain.ids())
                            .hasSameElementsAs(chain.ids()));
        } finally {
            chain.drop();
        }
    }

    private static List<CompletableFuture<HttpResponse<String>>> allAtOnce() {
        return Stream.generate(() -> atOnce(() -> console.get("/api/v1/kills")))
                .limit(20)
                .toList();
    }

    private static <T> CompletableFuture<T> atOnce(Supplier<T> asked) {
        return CompletableFuture.supplyAsync(asked, task -> Thread.ofVirtual().start(task))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static <T> List<T> await(List<CompletableFuture<T>> asked) {
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /// One stream that is heard to its end.
    private static final class Listener implements AutoCloseable {
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final HttpClient client = HttpClient.newHttpClient();
        private final BufferedReader lines;

        Listener() throws IOException, InterruptedException {
            var response = client.send(
                    console.request("/api/v1/tool-calls/stream?tool=hang")
                            .header("Accept", "text/event-stream")
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ")) {
                        ids.add(line.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1"));
                    }
                }
            } catch (IOException e) {
                // Closed by the test.
            }
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
