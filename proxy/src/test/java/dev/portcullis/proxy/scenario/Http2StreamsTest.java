package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.TlsMaterial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Several streams of one HTTP/2 connection, each as if it were alone. The test is the upstream.
@Timeout(60)
class Http2StreamsTest {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String MODERN_CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    @TempDir
    Path folder;

    private final List<Socket> accepted = new ArrayList<>();
    private TlsMaterial material;
    private ServerSocket upstream;
    private ProxyUnderTest proxy;
    private boolean closed;

    @BeforeEach
    void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(15_000);
        var address = "127.0.0.1:" + upstream.getLocalPort();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://%s/mcp", authentication: open}
                rules: []
                """.formatted(address),
                Limits.defaults(),
                Set.of(address),
                AuditSettings.defaults(),
                Optional.of(material.settings(ClientCertificates.NONE)));
    }

    @AfterEach
    void stop() throws IOException {
        if (!closed) {
            proxy.close();
        }
        upstream.close();
        for (var socket : accepted) {
            socket.close();
        }
    }

    @Test
    void eventIsThereBeforeTheNextExistsBesideOtherStreams() throws Exception {
        try (var client = client()) {
            // Given an open event stream
            post(client, 1, CALL);
            var events = accept();
            send(events, STREAM_HEAD);
            assertThat(client.fields(client.next(1))).containsEntry("content-type", "text/event-stream");

            for (int i = 0; i < 3; i++) {
                // When an event comes, Then the client has it
                chunk(
                        events,
                        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"n\":" + i
                                + "}}\n\n");
                assertThat(client.next(1).text()).contains("\"n\":" + i);

                // And other requests pass meanwhile
                int other = 3 + 2 * i;
                post(client, other, CALL.replace("tools/call", "ping"));
                answer(accept());
                assertThat(client.fields(client.next(other))).containsEntry(":status", "200");
                assertThat(client.next(other).text()).isEqualTo(ANSWER);
            }
            chunk(events, "data: " + ANSWER + "\n\n");
            send(events, "0\r\n\r\n");
            assertThat(client.next(1).text()).contains("result");
            assertThat(client.next(1).endsStream()).isTrue();
        }
    }

    @Test
    void openStreamOutlivesAChangeOfTheCertificate() throws Exception {
        try (var client = client()) {
            // Given
            post(client, 1, CALL);
            var server = accept();
            send(server, STREAM_HEAD);
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");

            // When
            material.show(material.server("CN=second"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> proxy.metrics().contains("portcullis_tls_reloads_total 1.0"));

            // Then
            chunk(server, "data: " + ANSWER + "\n\n");
            assertThat(client.next(1).text()).contains("result");
        }
    }

    @Test
    void streamThatIsNotReadSlowsItsUpstreamDownAndNoOther() throws Exception {
        try (var client = client()) {
            // Given a connection that takes much, and a stream that takes little
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(100_000_000));
            post(client, 1, CALL);
            var flooding = accept();
            send(flooding, STREAM_HEAD);
            var sent = new AtomicLong();
            var event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"p\":\""
                    + "x".repeat(60_000) + "\"}}\n\n";

            // When the upstream sends without end
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < 400_000_000) {
                        chunk(flooding, event);
                        sent.addAndGet(event.length());
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });

            // Then it is held up
            var last = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> last.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
            assertThat(sent.get()).as("what the gateway and the kernel hold").isLessThan(40_000_000);

            // And another stream is not
            post(client, 3, CALL);
            answer(accept());
            var head = client.next();
            while (head.stream() != 3) {
                if (head.type() == RawHttp2.HEADERS) {
                    client.fields(head);
                }
                head = client.next();
            }
            assertThat(client.fields(head)).containsEntry(":status", "200");
            flooding.close();
            writer.join();
        }
    }

    @Test
    void streamThatIsResetCancelsAModernCall() throws Exception {
        try (var client = client()) {
            post(
                    client,
                    1,
                    MODERN_CALL,
                    "mcp-protocol-version",
                    "2026-07-28",
                    "mcp-method",
                    "tools/call",
                    "mcp-name",
                    "list_entities");
            var server = accept();
            send(server, STREAM_HEAD);
            var exchange = client.fields(client.next(1)).get("portcullis-exchange");

            client.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.number(8));

            assertThat(server.getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.record(exchange).get("outcome")).isEqualTo("cancelled");
        }
    }

    @Test
    void streamThatBreaksOffUpstreamIsReset() throws Exception {
        try (var client = client()) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.block(
                            ":method",
                            "GET",
                            ":scheme",
                            "https",
                            ":path",
                            "/mcp/r",
                            ":authority",
                            "localhost",
                            "accept",
                            "text/event-stream",
                            "mcp-protocol-version",
                            "2025-11-25"));
            var server = accept();
            send(server, STREAM_HEAD);
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");

            server.close();

            assertThat(client.next(1).type()).isEqualTo(RawHttp2.RST_STREAM);
        }
    }

    @Test
    void clientsAreToldThatTheGatewayGoes() throws Exception {
        try (var client = client()) {
            post(client, 1, CALL);
            var server = accept();
            send(server, STREAM_HEAD);
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");

            closed = true;
            var closing = Thread.ofVirtual().start(proxy::close);

            var goAway = client.next(1);
            assertThat(goAway.type()).isEqualTo(RawHttp2.GOAWAY);
            assertThat(goAway.error()).isZero();
            chunk(server, "data: " + ANSWER + "\n\n");
            assertThat(client.next(1).text()).contains("result");
            closing.join();
        }
    }

    @Test
    void ordinaryClientSendsManyRequestsAtOnce() throws Exception {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var server = accept();
                    Thread.ofVirtual().start(() -> answerAll(server));
                }
            } catch (IOException e) {
                // closed
            }
        });
        try (var client = HttpClient.newBuilder()
                .sslContext(material.clientContext(Optional.empty()))
                .version(HttpClient.Version.HTTP_2)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + proxy.port() + "/mcp/r"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(CALL))
                    .build();
            var answers = IntStream.range(0, 100)
                    .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.join().body()).isEqualTo(ANSWER);
            });
        }
    }

    private static void answerAll(Socket server) {
        try {
            while (RawMessage.read(server.getInputStream()) != null) {
                write(server, json());
            }
        } catch (IOException e) {
            // the gateway hung up
        }
    }

    private static void post(RawHttp2 client, int stream, String body, String... more) throws IOException {
        var fields = new ArrayList<>(List.of(
                ":method",
                "POST",
                ":scheme",
                "https",
                ":path",
                "/mcp/r",
                ":authority",
                "localhost",
                "content-type",
                "application/json"));
        fields.addAll(List.of(more));
        client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.block(fields.toArray(String[]::new)));
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    }

    private RawHttp2 client() throws Exception {
        return new RawHttp2(material.clientContext(Optional.empty()), proxy.port(), 65_535);
    }

    private Socket accept() throws IOException {
        var server = upstream.accept();
        server.setSoTimeout(20_000);
        synchronized (accepted) {
            accepted.add(server);
        }
        return server;
    }

    private static void send(Socket server, String head) throws IOException {
        if (head.startsWith("HTTP/")) {
            assertThat(RawMessage.read(server.getInputStream())).isNotNull();
        }
        write(server, head);
    }

    private static void answer(Socket server) throws IOException {
        send(server, json().replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    }

    private static String json() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                + ANSWER;
    }

    private static void write(Socket server, String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        server.getOutputStream().flush();
    }

    private static void chunk(Socket server, String text) throws IOException {
        write(server, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }
}
