package dev.portcullis.proxy.scenario;

import static dev.portcullis.proxy.scenario.HandDrivenOpa.method;
import static dev.portcullis.proxy.scenario.HandDrivenOpa.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// What may happen while the policy's answer is on its way: nobody gets past a kill or a new policy by
/// being slow, and messages of servers keep their order.
@Timeout(60)
class SlowDecisionTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String MODERN_CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String PAGE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":["
            + "{\"name\":\"seen\",\"inputSchema\":{}},{\"name\":\"hidden\",\"inputSchema\":{}}]}}";
    private static final String PROGRESS =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"n\":%d}}";
    private static final String SAMPLING =
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"sampling/createMessage\",\"params\":{}}";

    private static HandDrivenOpa opa;
    private static HandDrivenUpstream upstream;
    private static ProxyUnderTest proxy;
    private static long version = 1;
    private Socket client;
    private BufferedReader answer;

    @BeforeAll
    static void start() throws Exception {
        opa = new HandDrivenOpa();
        upstream = new HandDrivenUpstream();
        proxy = ProxyUnderTest.decidedBy(
                opa.settings(Duration.ofSeconds(20)), policy(), Set.of("127.0.0.1:" + upstream.port()));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
        opa.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = proxy.connect();
        answer = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        opa.reset();
        proxy.releaseKills();
    }

    @Test
    void callGoesUpstreamWhenItIsAllowed() throws Exception {
        // Given
        opa.holds(question("toolCall"));
        post(CALL);
        var waiting = opa.nextHeld();
        opa.holds(input -> false);

        // When
        waiting.countDown();

        // Then
        try (var server = upstream.next()) {
            server.answer("Connection: close\r\n", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
            assertThat(RawMessage.read(client.getInputStream()).status()).isEqualTo(200);
        }
    }

    @Test
    void killEngagedMeanwhileStopsACallThatTheAnswerAllows() throws Exception {
        // Given
        opa.holds(question("toolCall"));
        post(CALL);
        var waiting = opa.nextHeld();

        // When
        proxy.kill("{\"organization\":true}", "incident 1");
        waiting.countDown();

        // Then
        var refused = RawMessage.read(client.getInputStream());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("kill:");
    }

    @Test
    void connectionThatWasAllowedTooLateIsJudgedByTheNewPolicy() throws Exception {
        // Given
        opa.holds(question("connection"));
        post(CALL);
        var waiting = opa.nextHeld();
        opa.holds(input -> false);

        // When
        opa.refuses(question("connection"));
        publish();
        waiting.countDown();

        // Then
        assertThat(RawMessage.read(client.getInputStream()).body()).contains("by-hand");
    }

    @Test
    void clientThatLeavesWhileAMessageIsJudgedCancelsTheCall() throws Exception {
        // Given
        opa.holds(method("notifications/progress"));
        post(MODERN_CALL, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: list_entities\r\n");
        try (var server = upstream.next()) {
            server.beginStream();
            var exchange = exchangeId();
            server.message(PROGRESS.formatted(1));
            opa.nextHeld();

            // When
            client.close();

            // Then
            assertThat(server.socket().getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.record(exchange).get("outcome")).isEqualTo("cancelled");
        }
    }

    @Test
    void answerIsHeldBackUntilItsToolsAreJudged() throws Exception {
        // Given
        opa.hides("hidden"::equals);
        opa.holds(question("toolList"));
        post(LIST);
        try (var server = upstream.next()) {
            server.answer("Connection: close\r\n", PAGE);
            var waiting = opa.nextHeld();

            // When
            waiting.countDown();

            // Then
            assertThat(RawMessage.read(client.getInputStream()).body())
                    .contains("seen")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void listIsJudgedAgainWhenThePolicyChangedMeanwhile() throws Exception {
        // Given
        opa.holds(question("toolList"));
        post(LIST);
        try (var server = upstream.next()) {
            server.answer("Connection: close\r\n", PAGE);
            var waiting = opa.nextHeld();

            // When
            proxy.kill("{\"tools\":[\"hidden\"]}", "incident 2");
            opa.holds(input -> false);
            waiting.countDown();

            // Then
            assertThat(RawMessage.read(client.getInputStream()).body())
                    .contains("seen")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void killAnswersAClientWhoseAnswerIsBeingJudged() throws Exception {
        // Given
        opa.holds(question("toolList"));
        post(LIST);
        try (var server = upstream.next()) {
            server.answer("Connection: close\r\n", PAGE);
            opa.nextHeld();

            // When
            proxy.kill("{\"organization\":true}", "incident 3");

            // Then
            assertThat(RawMessage.read(client.getInputStream()).status()).isEqualTo(403);
        }
    }

    @Test
    void eventsKeepTheirOrderBehindOneThatWaits() throws Exception {
        // Given
        opa.holds(method("sampling/createMessage"));
        post(CALL);
        try (var server = upstream.next()) {
            server.beginStream();
            server.message(SAMPLING);
            var waiting = opa.nextHeld();
            server.message(PROGRESS.formatted(1));
            server.message("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"last\":true}}");
            server.endStream();

            // When
            waiting.countDown();

            // Then
            assertThat(restOf(answer)).containsSubsequence("sampling/createMessage", "\"n\":1", "\"last\":true");
        }
    }

    @Test
    void eventThatIsRefusedLateIsAnsweredInPlaceOfTheClient() throws Exception {
        // Given
        opa.refuses(method("sampling/createMessage"));
        opa.holds(method("sampling/createMessage"));
        post(CALL);
        try (var server = upstream.next()) {
            server.beginStream();
            server.message(SAMPLING);
            opa.nextHeld().countDown();

            // Then
            try (var told = upstream.next()) {
                assertThat(told.request().body()).contains("\"id\":9").contains("Blocked by policy");
                told.accepted();
            }
        }
    }

    @Test
    void upstreamIsNotReadWhileAMessageWaits() throws Exception {
        // Given
        opa.holds(method("sampling/createMessage"));
        post(CALL);
        try (var server = upstream.next()) {
            server.beginStream();
            server.message(SAMPLING);
            var waiting = opa.nextHeld();
            var sent = new AtomicLong();
            var event = PROGRESS.formatted(1).replace("1}", "\"" + "x".repeat(60_000) + "\"}");
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < 200_000_000) {
                        server.message(event);
                        sent.addAndGet(event.length());
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });

            // Then
            var last = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> last.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
            assertThat(sent.get()).as("what the gateway and the kernel hold").isLessThan(40_000_000);

            // When
            var stoppedAt = sent.get();
            waiting.countDown();

            // Then
            assertThat(lineWith("sampling/createMessage")).isNotNull();
            var reader = Thread.ofVirtual().start(() -> restOf(answer));
            await().until(() -> sent.get() > stoppedAt);
            server.socket().close();
            writer.join();
            client.close();
            reader.join();
        }
    }

    @Test
    void killCutsStreamsWithoutAskingAnybody() throws Exception {
        // Given
        get();
        try (var server = upstream.next()) {
            server.beginStream();
            var exchange = exchangeId();
            opa.holds(input -> true);

            // When
            proxy.kill("{\"organization\":true}", "incident 4");

            // Then
            restOf(answer);
            assertThat(Arrays.toString((Object[]) proxy.record(exchange).get("rules")))
                    .contains("kill:");
        }
    }

    @Test
    void streamEndsWhenTheNewPolicyRefusesItsConnection() throws Exception {
        // Given
        get();
        try (var server = upstream.next()) {
            server.beginStream();
            var exchange = exchangeId();

            // When
            opa.refuses(question("connection"));
            publish();

            // Then
            restOf(answer);
            assertThat(proxy.record(exchange).get("refusal")).isEqualTo("cut_off");
            assertThat(Arrays.toString((Object[]) proxy.record(exchange).get("rules")))
                    .contains("by-hand");
        }
    }

    @Test
    void streamGoesOnWhenTheNewPolicyAllowsItsConnection() throws Exception {
        // Given
        get();
        try (var server = upstream.next()) {
            server.beginStream();
            exchangeId();
            opa.holds(question("connection"));

            // When
            publish();
            opa.nextHeld().countDown();
            opa.holds(input -> false);
            server.message(PROGRESS.formatted(7));

            // Then
            assertThat(lineWith("\"n\":7")).isNotNull();
        }
    }

    private static void publish() {
        opa.has(++version);
        proxy.publish(policy());
    }

    /// A rule that could refuse a message, so that messages are asked about.
    private static String policy() {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules:
                  - {id: some, match: {methods: [sampling/createMessage]}, deny: true}
                """.formatted(upstream.port());
    }

    private void post(String body) throws IOException {
        post(body, "");
    }

    private void post(String body, String headers) throws IOException {
        client.getOutputStream()
                .write(("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void get() throws IOException {
        client.getOutputStream()
                .write(("GET /mcp/r HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "MCP-Protocol-Version: 2025-11-25\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private String exchangeId() throws IOException {
        return lineWith("portcullis-exchange:")
                .substring("portcullis-exchange:".length())
                .strip();
    }

    private String lineWith(String part) throws IOException {
        for (var line = answer.readLine(); line != null; line = answer.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        return null;
    }

    private static String restOf(BufferedReader reader) {
        var rest = new StringBuilder();
        try {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                rest.append(line).append('\n');
            }
        } catch (IOException e) {
            // reset is an end as well
        }
        return rest.toString();
    }
}
