package dev.portcullis.console.trail;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.Roles;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@Timeout(30)
class TailApiTest {
    private static final String PATH = "/api/v1/tool-calls/stream";

    /// Other tests share the database, and look at what is newest.
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2025, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final RunningConsole console = RunningConsole.shared();
    private final ChainedCalls chain =
            new ChainedCalls(RunningConsole.shared().database().dataSource());

    @Test
    void callsAreToldAsTheyAreRecorded() throws Exception {
        try (var stream = listen("?tool=tail-told", Optional.empty())) {
            // When
            chain.record(3, "tail-told", LONG_AGO);
            chain.record(2, "tail-other", LONG_AGO);
            chain.record(1, "tail-told", LONG_AGO);

            // Then
            var wanted = new ArrayList<>(chain.ids().subList(0, 3));
            wanted.add(chain.ids().getLast());
            assertThat(stream.calls(4)).isEqualTo(wanted);
            assertThat(console.events("audit.streamed")).isNotEmpty();
        }
    }

    @Test
    void lastEventIdGoesOnWithoutLoss() throws Exception {
        // Given
        String last;
        try (var stream = listen("?tool=tail-resumed", Optional.empty())) {
            chain.record(2, "tail-resumed", LONG_AGO);
            assertThat(stream.calls(2)).hasSize(2);
            last = stream.lastEventId;
        }
        chain.record(700, "tail-resumed", LONG_AGO);
        var late = new ChainedCalls(console.database().dataSource());
        late.record(1, "tail-resumed", LONG_AGO.minusDays(20));

        // When
        try (var stream = listen("?tool=tail-resumed", Optional.of(last))) {
            var told = stream.calls(701);
            chain.record(1, "tail-resumed", LONG_AGO);

            // Then
            assertThat(told)
                    .doesNotHaveDuplicates()
                    .containsAll(late.ids())
                    .containsSubsequence(chain.ids().subList(2, 702));
            assertThat(stream.calls(1)).containsExactly(chain.ids().getLast());
        }
    }

    @Test
    void listenersNeedARoleAndAnIdOfTheStream() {
        var stranger = console.send(HttpRequest.newBuilder(console.uri(PATH))
                .header("Authorization", "Bearer " + console.tokenWith("BUNDLES")));
        var wrong = console.send(
                console.request(PATH).header("Accept", "text/event-stream").header("Last-Event-ID", "7"));

        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(RunningConsole.json(wrong).path("detail").asString()).contains("Last-Event-ID");
    }

    /// Whoever else has a token hears on.
    @ParameterizedTest
    @ValueSource(strings = {"revoked_at", "expires_at"})
    void streamEndsSoonAfterItsToken(String column) throws Exception {
        // Given
        var token = console.tokenWith(Roles.VIEWER);
        try (var ended = listen(token, "?tool=tail-ended", Optional.empty());
                var other = listen("?tool=tail-ended", Optional.empty())) {
            chain.record(1, "tail-ended", LONG_AGO);
            assertThat(ended.calls(1)).isEqualTo(other.calls(1));

            // When
            DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                    .update(ADMIN_TOKENS)
                    .set(DSL.field(DSL.name(column), OffsetDateTime.class), LONG_AGO)
                    .where(ADMIN_TOKENS.TOKEN_HASH.eq(new AdminToken(token).hash()))
                    .execute();
            chain.record(1, "tail-ended", LONG_AGO);

            // Then
            assertThat(other.calls(1)).containsExactly(chain.ids().getLast());
            assertThat(ended.rest()).noneMatch(line -> line.startsWith("data:"));
        }
    }

    @Test
    void openApiDescribesTheStream() {
        var described = RunningConsole.json(console.get("/api/openapi.json"))
                .path("paths")
                .path(PATH)
                .path("get");

        assertThat(described.path("responses").path("200").path("content").propertyNames())
                .contains("text/event-stream");
    }

    private Events listen(String query, Optional<String> lastEventId) throws IOException, InterruptedException {
        return listen(console.token(), query, lastEventId);
    }

    private Events listen(String token, String query, Optional<String> lastEventId)
            throws IOException, InterruptedException {
        var events = open(token, query, lastEventId);
        assertThat(events.status).isEqualTo(200);
        events.untilHeartbeat();
        return events;
    }

    private Events open(String token, String query, Optional<String> lastEventId) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(console.uri(PATH + query))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "text/event-stream");
            lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
            var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            return new Events(
                    response.statusCode(),
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A stream as a client reads it.
    private static final class Events implements AutoCloseable {
        private final int status;
        private final BufferedReader lines;
        private String lastEventId = "";

        private Events(int status, BufferedReader lines) {
            this.status = status;
            this.lines = lines;
        }

        void untilHeartbeat() throws IOException {
            while (lastEventId.isEmpty()) {
                note(lines.readLine());
            }
        }

        /// The ids of the next calls.
        List<String> calls(int count) throws IOException {
            var ids = new ArrayList<String>();
            while (ids.size() < count) {
                var line = lines.readLine();
                note(line);
                if (line.startsWith("data: ")) {
                    ids.add(line.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1"));
                }
            }
            return ids;
        }

        /// All lines until the stream ends.
        List<String> rest() {
            return lines.lines().toList();
        }

        private void note(String line) {
            if (line.startsWith("id: ")) {
                lastEventId = line.substring(4);
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
