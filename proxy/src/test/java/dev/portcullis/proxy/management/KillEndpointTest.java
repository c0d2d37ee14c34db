package dev.portcullis.proxy.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.proxy.config.ManagementSettings.LocalKillSettings;
import dev.portcullis.proxy.sync.LocalKills;
import dev.portcullis.proxy.sync.PolicySnapshot;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The kill switch of one replica, from outside: who may use it, and what they are told.
class KillEndpointTest {
    private static final String TOKEN = "a-token-nobody-can-guess";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;
    private static final String JSON = "Content-Type: application/json";
    private static final String ORDER = "{\"scope\": {\"organization\": true}, \"reason\": \"leak\"}";

    @TempDir
    private Path folder;

    private final ProxyMetrics metrics = new ProxyMetrics();
    private LocalKills kills;
    private ManagementServer server;

    @BeforeEach
    void start() {
        kills = LocalKills.in(folder.resolve("kills.json"), Clock.systemUTC());
        server = server(new KillGuard(new LocalKillSettings(new Secret(TOKEN), folder.resolve("kills.json"), false)));
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void killIsEngagedListedAndReleased() throws Exception {
        // When
        var engaged = send("POST", "/kills", ORDER, BEARER, JSON);

        // Then
        assertThat(engaged).startsWith("HTTP/1.1 201 Created");
        var id = json(engaged).path("id").asString();
        assertThat(json(engaged).path("kept").asBoolean()).isTrue();
        assertThat(json(engaged).has("sameScope")).isFalse();
        assertThat(kills.inForce()).hasSize(1);
        assertThat(json(send("GET", "/kills", "", BEARER)).at("/items/0").toString())
                .contains(id, "\"local\":true", "\"scope\":{\"organization\":true}");

        // When
        var released = send("DELETE", "/kills/" + id + "?reason=all+clear", "", BEARER);

        // Then
        assertThat(released).startsWith("HTTP/1.1 204 No Content");
        assertThat(kills.inForce()).isEmpty();
        assertThat(kills.all().getFirst().release().orElseThrow().reason()).contains("all clear");
        assertThat(send("DELETE", "/kills/" + id, "", BEARER)).as("again").startsWith("HTTP/1.1 204");
    }

    @Test
    void secondKillOfTheSameScopeIsTold() throws Exception {
        var first = json(send("POST", "/kills", ORDER, BEARER, JSON)).path("id").asString();

        assertThat(json(send("POST", "/kills", ORDER, BEARER, JSON))
                        .path("sameScope")
                        .values())
                .extracting(JsonNode::asString)
                .containsExactly(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|X-Nothing: 1",
                "401|Authorization: Bearer a-token-somebody-guessed",
                "401|Authorization: Basic YTpi",
                "403|Authorization: Bearer a-token-nobody-can-guess; Origin: http://localhost",
                "403|Authorization: Bearer a-token-nobody-can-guess; Origin: null",
                "403|Authorization: Bearer a-token-nobody-can-guess; Sec-Fetch-Site: none",
                "403|Authorization: Bearer a-token-nobody-can-guess; X-Forwarded-For: 203.0.113.7",
                "401|Authorization: Bearer a-token-nobody-can-guess; Authorization: Bearer a-token-nobody-can-guess",
                "415|Authorization: Bearer a-token-nobody-can-guess; Content-Type: text/plain"
            })
    void whoMayNotUseItChangesNothing(int status, String headers) throws Exception {
        assertThat(send("POST", "/kills", ORDER, headers.split("; "))).startsWith("HTTP/1.1 " + status);
        assertThat(kills.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 403", "0.0.0.0, 403", "127.0.0.1, 200", "localhost:1, 200", "[::1]:9090, 200"})
    void hostMustBeAnAddress(String host, int status) throws Exception {
        assertThat(raw("GET /kills HTTP/1.1\r\nHost: " + host + "\r\n" + BEARER + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|The body is not JSON",
                "{\"scope\": {\"organization\": true}}|reason: (expected: why)",
                "{\"scope\": {\"planets\": [\"mars\"]}, \"reason\": \"x\"}|scope.planets",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"reason\": \"y\"}|The body is not JSON",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}|a time to come"
            })
    void wrongOrderIsOneClearSentence(String order, String error) throws Exception {
        var answer = send("POST", "/kills", order, BEARER, JSON);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(json(answer).path("detail").asString()).contains(error);
    }

    @Test
    void unknownKillIsNotFoundAndOneOfTheConsoleIsNotReleasedHere() throws Exception {
        assertThat(send("DELETE", "/kills/" + UUID.randomUUID(), "", BEARER)).startsWith("HTTP/1.1 404");
        assertThat(send("DELETE", "/kills/nonsense", "", BEARER)).startsWith("HTTP/1.1 404");
        assertThat(send("DELETE", "/kills/" + EVERYWHERE, "", BEARER))
                .startsWith("HTTP/1.1 409")
                .contains("release it in the console");
        assertThat(send("PUT", "/kills", "", BEARER)).startsWith("HTTP/1.1 405").contains("allow: GET, POST");
    }

    @Test
    void withoutATokenThereIsNoSuchPath() throws Exception {
        try (var plain = ManagementServer.start(loopback(), List.of(), metrics, Optional.empty())) {
            assertThat(raw(plain.port(), "GET /kills HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
    }

    private static final UUID EVERYWHERE = UUID.randomUUID();

    private ManagementServer server(KillGuard guard) {
        var document = new PolicyDocument("acme", Map.of(), List.of(), Map.of());
        var everywhere = new dev.portcullis.policy.Kill(
                EVERYWHERE,
                dev.portcullis.policy.KillScope.of(Map.of("routes", List.of("r"))),
                "x",
                Optional.empty(),
                Optional.empty());
        return ManagementServer.start(loopback(), List.of(), metrics, Optional.of(new KillEndpoint(guard, kills, () -> {
            var all = new java.util.ArrayList<>(kills.inForce());
            all.add(everywhere);
            return new PolicySnapshot(1, document, all, input -> Eventual.now(new Decision.Undecided(1, "not asked")));
        })));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String send(String method, String path, String body, String... headers) throws IOException {
        return raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String raw(String request) throws IOException {
        return raw(server.port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String answer) {
        return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    }
}
