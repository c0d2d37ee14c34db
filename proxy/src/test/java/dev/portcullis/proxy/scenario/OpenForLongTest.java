package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.StreamLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What stays open for long is bounded, and a client that has finished sending is not forgotten.
@Timeout(60)
class OpenForLongTest {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String MODERN_PING =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":"
                    + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String NOTIFICATION = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void listen() throws IOException {
        upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(15_000);
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        proxy.close();
        upstream.close();
    }

    @Test
    void callerWithTooManyStreamsIsToldSo() throws Exception {
        // Given a caller that holds as many streams as may be: one of its own, and the response of a call
        start(new StreamLimits(2, 100, Duration.ofHours(1), Duration.ofHours(1)), Duration.ofSeconds(30));
        var own = get("passing", "Authorization: Bearer a\r\n");
        write(accept(), STREAM_HEAD);
        assertThat(headOf(own)).startsWith("HTTP/1.1 200");
        var call = post("passing", PING, "Authorization: Bearer a\r\n");
        write(accept(), STREAM_HEAD);
        assertThat(headOf(call)).startsWith("HTTP/1.1 200");

        // When it asks for more, Then it is refused
        for (var refused : List.of(
                read(get("passing", "Authorization: Bearer a\r\n")),
                read(post("passing", PING, "Authorization: Bearer a\r\n")))) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":503").contains("too many streams");
            var record = proxy.record(refused.header("portcullis-exchange").orElseThrow());
            assertThat(record.get("refusal")).isEqualTo("too_many_streams");
        }

        // And what its streams wait for passes, and so does another caller
        var notification = post("passing", NOTIFICATION, "Authorization: Bearer a\r\n");
        write(accept(), "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(read(notification).status()).isEqualTo(202);
        var other = get("passing", "Authorization: Bearer b\r\n");
        write(accept(), STREAM_HEAD);
        assertThat(headOf(other)).startsWith("HTTP/1.1 200");

        // And a place that is free again can be taken
        own.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            var again = get("passing", "Authorization: Bearer a\r\n");
            upstream.setSoTimeout(500);
            try {
                write(accept(), STREAM_HEAD);
            } catch (java.net.SocketTimeoutException e) {
                return false;
            }
            return headOf(again).startsWith("HTTP/1.1 200");
        });
    }

    @Test
    void anonymousCallersAreToldApartByAddress() throws Exception {
        start(new StreamLimits(1, 100, Duration.ofHours(1), Duration.ofHours(1)), Duration.ofSeconds(30));
        var first = get("r", "");
        write(accept(), STREAM_HEAD);
        assertThat(headOf(first)).startsWith("HTTP/1.1 200");

        assertThat(read(get("r", "")).status()).isEqualTo(503);

        var elsewhere =
                new Socket(InetAddress.getLoopbackAddress(), proxy.port(), InetAddress.getByName("127.0.0.2"), 0);
        sockets.add(elsewhere);
        write(elsewhere, "GET /mcp/r HTTP/1.1\r\nHost: localhost\r\nMCP-Protocol-Version: 2025-11-25\r\n\r\n");
        write(accept(), STREAM_HEAD);
        assertThat(headOf(elsewhere)).startsWith("HTTP/1.1 200");
    }

    @Test
    void silentStreamIsEndedAndOneThatSpeaksIsNot() throws Exception {
        start(new StreamLimits(10, 100, Duration.ofMillis(1500), Duration.ofHours(1)), Duration.ofSeconds(30));
        var silent = get("r", "");
        var silentServer = accept();
        write(silentServer, STREAM_HEAD);
        headOf(silent);
        var speaking = get("r", "");
        var speakingServer = accept();
        write(speakingServer, STREAM_HEAD);
        headOf(speaking);
        var speaker = Thread.ofVirtual().start(() -> speak(speakingServer));

        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(silentServer.getInputStream().read())
                .as("the upstream is hung up on")
                .isEqualTo(-1);
        assertThat(speaking.getInputStream().readNBytes(100)).hasSize(100);
        speakingServer.close();
        speaker.join();
    }

    @Test
    void exchangeThatTakesTooLongIsEnded() throws Exception {
        start(new StreamLimits(10, 100, Duration.ofHours(1), Duration.ofMillis(1500)), Duration.ofSeconds(30));
        var stream = get("r", "");
        var server = accept();
        write(server, STREAM_HEAD);
        headOf(stream);
        var speaker = Thread.ofVirtual().start(() -> speak(server));

        assertThat(new String(stream.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(":\n")
                .doesNotContain("0\r\n\r\n");
        speaker.join();
    }

    @Test
    void headThatDoesNotArriveInTimeIsNotWaitedFor() throws Exception {
        start(StreamLimits.defaults(), Duration.ofMillis(700));
        try (var slow = proxy.connect()) {
            write(slow, "POST /mcp/r HTTP/1.1\r\nHost: localhost\r\n");
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void answerOfALegacyCallIsDeliveredToAClientThatFinishedSending() throws Exception {
        start(StreamLimits.defaults(), Duration.ofSeconds(30));
        var client = post("r", PING, "");
        var server = accept();
        client.shutdownOutput();

        write(
                server,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                        + ANSWER);

        var answer = read(client);
        assertThat(answer.body()).isEqualTo(ANSWER);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("outcome"))
                .isEqualTo("succeeded");
    }

    @Test
    void modernClientThatFinishesSendingCancels() throws Exception {
        start(StreamLimits.defaults(), Duration.ofSeconds(30));
        var client = post("r", MODERN_PING, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n");
        var server = accept();
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void halfARequestAndThenNothingIsTheEnd() throws Exception {
        start(StreamLimits.defaults(), Duration.ofSeconds(30));
        var client = proxy.connect();
        sockets.add(client);
        write(
                client,
                "POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{");
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void clientThatResetsItsConnectionFreesTheUpstream() throws Exception {
        start(StreamLimits.defaults(), Duration.ofSeconds(30));
        var client = get("r", "");
        var server = accept();
        write(server, STREAM_HEAD);
        headOf(client);
        client.setSoLinger(true, 0);
        client.close();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
    }

    private void start(StreamLimits streams, Duration requestHead) throws Exception {
        var address = "127.0.0.1:" + upstream.getLocalPort();
        var limits = Limits.defaults();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://%1$s/mcp", authentication: open}
                  passing: {upstream: "http://%1$s/mcp", authentication: passthrough}
                rules: []
                """.formatted(address),
                new Limits(
                        limits.bodyBytes(),
                        limits.headerBytes(),
                        limits.jsonDepth(),
                        limits.listBytes(),
                        limits.eventBytes(),
                        limits.idle(),
                        limits.responseHead(),
                        limits.exchanges(),
                        requestHead,
                        streams),
                Set.of(address));
    }

    private static void speak(Socket server) {
        try {
            while (true) {
                write(server, "8\r\n: here\n\n\r\n");
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        } catch (IOException e) {
            // the gateway or the test hung up
        }
    }

    private Socket get(String route, String headers) throws IOException {
        return sent("GET /mcp/" + route + " HTTP/1.1\r\nHost: localhost\r\n" + "MCP-Protocol-Version: 2025-11-25\r\n"
                + headers + "\r\n");
    }

    private Socket post(String route, String body, String headers) throws IOException {
        return sent("POST /mcp/" + route + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private Socket sent(String request) throws IOException {
        var client = proxy.connect();
        sockets.add(client);
        write(client, request);
        return client;
    }

    private Socket accept() throws IOException {
        var server = upstream.accept();
        sockets.add(server);
        server.setSoTimeout(20_000);
        assertThat(RawMessage.read(server.getInputStream())).isNotNull();
        return server;
    }

    private static RawMessage read(Socket client) throws IOException {
        return RawMessage.read(client.getInputStream());
    }

    /// Reads up to the end of the head.
    private static String headOf(Socket client) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = client.getInputStream().read();
            assertThat(next).isNotEqualTo(-1);
            head.append((char) next);
        }
        return head.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
