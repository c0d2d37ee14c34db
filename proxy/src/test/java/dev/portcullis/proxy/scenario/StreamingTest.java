package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// What happens while a response is on its way. The test is the upstream, and decides when the next
/// byte comes.
@Timeout(60)
class StreamingTest {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String MODERN_CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String MODERN_HEADERS =
            "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: list_entities\r\n";

    private static ServerSocket upstream;
    private static ProxyUnderTest proxy;
    private Socket client;
    private BufferedReader answer;
    private Socket server;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(15_000);
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules: []
                """.formatted(upstream.getLocalPort()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.getLocalPort()));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = proxy.connect();
        answer = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        if (server != null) {
            server.close();
        }
        proxy.releaseKills();
    }

    @Test
    void eventIsOnTheWireBeforeTheNextExists() throws IOException {
        post(CALL, "");
        serve(STREAM_HEAD);
        assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
        for (int i = 0; i < 3; i++) {
            chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"n\":" + i + "}}\n\n");
            assertThat(lineWith("\"n\":" + i)).isNotNull();
        }
        chunk("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n");
        send("0\r\n\r\n");
        assertThat(lineWith("\"result\"")).isNotNull();
        assertThat(record().get("outcome")).isEqualTo("succeeded");
    }

    @Test
    void killCutsAnOpenStreamAndIsRecorded() throws IOException {
        get();
        serve(STREAM_HEAD);
        var exchange = exchangeId();

        proxy.kill("{\"organization\":true}", "incident 7");

        assertThat(restOf(answer)).doesNotContain("0\n");
        var record = proxy.record(exchange);
        assertThat(record.get("refusal")).isEqualTo("cut_off");
        assertThat(Arrays.toString((Object[]) record.get("rules"))).contains("kill:");
        assertThat(server.getInputStream().read())
                .as("the upstream is hung up on")
                .isEqualTo(-1);

        var refused = proxy.exchange("GET /mcp/r HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("kill:");
    }

    @Test
    void killAnswersACallThatIsWaiting() throws IOException {
        post(CALL, "");
        accept();
        proxy.kill("{\"organization\":true}", "incident 8");
        var cut = RawMessage.read(client.getInputStream());
        assertThat(cut.status()).isEqualTo(403);
        assertThat(cut.body()).contains("\"id\":1").contains("kill:");
    }

    @Test
    void requestThatWasHeldBackIsJudgedByTheNewPolicy() throws IOException {
        client.getOutputStream()
                .write(("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + CALL.length() + "\r\nExpect: 100-continue\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
        answer.readLine();
        proxy.kill("{\"organization\":true}", "incident 9");
        client.getOutputStream().write(CALL.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.readLine()).isEqualTo("HTTP/1.1 403 Forbidden");
    }

    @Test
    void modernClientThatLeavesCancelsTheCall() throws IOException {
        post(MODERN_CALL, MODERN_HEADERS);
        serve(STREAM_HEAD);
        var exchange = exchangeId();
        client.close();
        assertThat(readToEnd(server)).isNotNegative();
        assertThat(proxy.record(exchange).get("outcome")).isEqualTo("cancelled");
    }

    @Test
    void legacyClientThatLeavesDoesNotCancelTheCall() throws IOException {
        post(CALL, "");
        serve(STREAM_HEAD);
        var exchange = exchangeId();
        client.close();
        chunk("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true}}\n\n");
        send("0\r\n\r\n");
        assertThat(proxy.record(exchange).get("outcome")).isEqualTo("tool_error");
    }

    @Test
    void slowClientSlowsTheUpstreamDown() throws Exception {
        client.setReceiveBufferSize(8 * 1024);
        post(CALL, "");
        serve(STREAM_HEAD);
        var sent = new AtomicLong();
        var event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"p\":\""
                + "x".repeat(60_000) + "\"}}\n\n";
        var writer = Thread.ofVirtual().start(() -> {
            try {
                while (sent.get() < 400_000_000) {
                    chunk(event);
                    sent.addAndGet(event.length());
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        var last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .until(() -> last.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
        assertThat(sent.get()).as("what the gateway and the kernel hold").isLessThan(40_000_000);
        server.close();
        writer.join();
    }

    @Test
    void connectionServesOneRequestAfterTheOtherAndTheUpstreamConnectionIsKept() throws IOException {
        for (int i = 0; i < 3; i++) {
            post(CALL, "");
            if (i == 0) {
                accept();
            }
            readRequest();
            var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":" + i + "}}";
            send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);
            var response = RawMessage.read(client.getInputStream());
            assertThat(response.body()).isEqualTo(body);
        }
    }

    private void post(String body, String headers) throws IOException {
        client.getOutputStream()
                .write(("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void get() throws IOException {
        client.getOutputStream()
                .write(("GET /mcp/r HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "MCP-Protocol-Version: 2025-11-25\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void accept() throws IOException {
        server = upstream.accept();
        server.setSoTimeout(20_000);
    }

    private void serve(String head) throws IOException {
        accept();
        readRequest();
        send(head);
    }

    private void readRequest() throws IOException {
        assertThat(RawMessage.read(server.getInputStream())).isNotNull();
    }

    private void send(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        server.getOutputStream().flush();
    }

    private void chunk(String text) throws IOException {
        send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private String lineWith(String part) throws IOException {
        for (var line = answer.readLine(); line != null; line = answer.readLine()) {
            if (line.startsWith("portcullis-exchange")) {
                seen = line.substring(line.indexOf(':') + 1).strip();
            }
            if (line.contains(part)) {
                return line;
            }
        }
        return null;
    }

    private String seen = "";

    private String exchangeId() throws IOException {
        return lineWith("portcullis-exchange")
                .substring("portcullis-exchange:".length())
                .strip();
    }

    private org.jooq.Record record() {
        return proxy.record(seen);
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

    private static int readToEnd(Socket socket) throws IOException {
        return socket.getInputStream().readAllBytes().length;
    }
}
