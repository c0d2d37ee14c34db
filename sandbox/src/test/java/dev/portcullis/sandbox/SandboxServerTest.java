package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class SandboxServerTest {

    private static final String INITIALIZE = """
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
             "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private SandboxServer server;

    @BeforeEach
    void start() {
        server = SandboxServer.start(SandboxClient.loopback(0));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void serverIntroducesItself() {
        try (var client = SandboxClient.connect(server)) {
            assertThat(client.sdk().getServerInfo().name()).isEqualTo("port-sandbox");
            assertThat(client.sdk().getServerCapabilities().tools()).isNotNull();
            assertThat(client.sdk().getServerCapabilities().prompts()).isNotNull();
        }
    }

    @Test
    void unknownToolIsAnError() {
        try (var client = SandboxClient.connect(server)) {
            assertThatThrownBy(() -> client.result("format_disk", Map.of()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("Unknown tool");
        }
    }

    @Test
    void promptIsFilledIn() {
        try (var client = SandboxClient.connect(server)) {
            // When
            var prompt = client.sdk()
                    .getPrompt(GetPromptRequest.builder("troubleshoot_integration")
                            .arguments(Map.of("integration", "k8s-production"))
                            .build());

            // Then
            assertThat(client.sdk().listPrompts().prompts())
                    .extracting("name")
                    .containsExactlyInAnyOrder("troubleshoot_integration", "service_review");
            assertThat(prompt.messages().getFirst().content().toString()).contains("k8s-production");
        }
    }

    @Test
    void longLogsReportProgressWhileTheyCome() {
        try (var client = SandboxClient.connect(server)) {
            // When
            var result = client.sdk()
                    .callTool(CallToolRequest.builder("get_integration_event_logs")
                            .arguments(Map.of("integrationIdentifier", "github-acme", "limit", 200))
                            .progressToken("logs")
                            .build());

            // Then
            assertThat(result.isError()).isNotEqualTo(true);
            await().untilAsserted(() -> assertThat(client.progress()).hasSize(3));
        }
    }

    @Test
    void namesHaveCataloguesOfTheirOwn() {
        try (var eu = SandboxClient.connect(server, "/port-eu/v1");
                var us = SandboxClient.connect(server, "/port-us/v1")) {
            // When
            eu.call("delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "cart"));

            // Then
            assertThat(us.entity("service", "cart").text("title")).contains("Cart");
        }
    }

    @Test
    void sixtyFiveNamesAreOneTooMany() throws Exception {
        // Given
        for (var number = 1; number <= 64; number++) {
            assertThat(get("/name-" + number + "/v1").statusCode()).isEqualTo(400);
        }

        // When
        var refused = get("/name-65/v1");

        // Then
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("64 names");
        assertThat(get("/name-64/v1").statusCode()).isEqualTo(400);
    }

    @Test
    void otherPathsAreNotFoundInJson() throws Exception {
        for (var path :
                new String[] {"/", "/v2", "/Port/v1", "/-x/v1", "/a/b/v1", "/v1/", "/" + "a".repeat(64) + "/v1"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        }
    }

    @Test
    void foreignOriginIsRefused() throws Exception {
        // Given
        var request = HttpRequest.newBuilder(uri("/v1")).header("Origin", "https://evil.example");

        // When
        var answer = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void concurrentCallsLoseNothing() throws Exception {
        try (var client = SandboxClient.connect(server);
                var threads = Executors.newFixedThreadPool(8)) {
            // When
            var calls = IntStream.range(0, 64)
                    .mapToObj(number -> threads.submit(() -> client.call(
                            "upsert_entity",
                            Map.of("blueprintIdentifier", "team", "entity", Map.of("identifier", "team-" + number)))))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }

            // Then
            assertThat(client.call("list_entities", Map.of("blueprintIdentifier", "team", "countOnly", true))
                            .number("count", 0))
                    .isEqualTo(5 + 64);
        }
    }

    @Test
    void busyPortIsOneClearSentence() {
        assertThatThrownBy(() -> SandboxServer.start(SandboxClient.loopback(server.port())))
                .hasCauseInstanceOf(BindException.class)
                .hasMessageContaining("sandbox: cannot listen on 127.0.0.1:" + server.port());
    }

    @Test
    void closingEndsEveryThreadAndStream() {
        // Given
        var client = SandboxClient.connect(server);
        client.tools();

        // When
        server.close();

        // Then
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("http-")
                        || name.startsWith("Catalina")
                        || name.startsWith("sandbox")
                        || name.startsWith("streamable-http")));
        assertThatThrownBy(() -> get("/v1")).isInstanceOf(IOException.class);
        client.close();
    }

    @Test
    void listeningStreamAnswersBeforeThereIsAnEvent() throws Exception {
        // Given
        var session = post(INITIALIZE).headers().firstValue("mcp-session-id").orElseThrow();

        // When
        var request = HttpRequest.newBuilder(uri("/v1"))
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", session)
                .timeout(Duration.ofSeconds(5));
        var answer = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        answer.body().close();
    }

    @Test
    void malformedMessageIsABadRequest() throws Exception {
        assertThat(post("not json").statusCode()).isEqualTo(400);
        assertThat(post("[]").statusCode()).isEqualTo(400);
    }

    @Test
    void sessionsAreBoundedAndTheCatalogueOutlivesThem() throws Exception {
        try (var first = SandboxClient.connect(server)) {
            // Given
            first.call("delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "cart"));

            // When
            for (var number = 0; number < SandboxInstance.SESSIONS; number++) {
                assertThat(post(INITIALIZE).statusCode()).isEqualTo(200);
            }

            // Then
            assertThatThrownBy(first::tools).isInstanceOf(RuntimeException.class);
            try (var second = SandboxClient.connect(server)) {
                assertThat(second.call("list_entities", Map.of("blueprintIdentifier", "service", "countOnly", true))
                                .number("count", 0))
                        .isEqualTo(11);
            }
        }
    }

    private HttpResponse<String> post(String body) throws Exception {
        var request = HttpRequest.newBuilder(uri("/v1"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
