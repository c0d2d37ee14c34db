package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Kills by client software. Its name is its own claim; but whoever made it stays with it for the session.
@Timeout(60)
class KilledClientsTest {
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";
    private static final String MODERN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"%s\",\"version\":\"1\"}}}}";
    private static final String RENAMING_CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/clientInfo\":"
            + "{\"name\":\"good\",\"version\":\"1\"}}}}";

    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                """.formatted(upstream.port()), Limits.defaults(), Set.of("127.0.0.1:" + upstream.port()));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @AfterEach
    void release() {
        proxy.releaseKills();
    }

    @Test
    void killedClientCannotBeginASession() throws Exception {
        // When
        var kill = proxy.kill("{\"clients\": [\"evil*\"]}", "bad client");

        // Then
        var refused = initialize("evil-client", "X-Nothing: 1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("\"id\":1", "kill:" + kill);
        assertThat(initialize("good", "X-Nothing: 1").status()).isEqualTo(200);
    }

    @Test
    void killedClientOfTheModernEraIsRefusedAtEveryCall() throws Exception {
        // When
        proxy.kill("{\"clients\": [\"evil\"]}", "bad client");

        // Then
        assertThat(modern("evil").status()).isEqualTo(403);
        assertThat(modern("good").status()).isEqualTo(200);
    }

    @Test
    void sessionKeepsItsNameWhateverItsMessagesSay() throws Exception {
        // Given
        var session = session(initialize("evil", "X-Nothing: 1"));
        assertThat(post(proxy.port(), Calls.BODY, session).status()).isEqualTo(200);

        // When
        proxy.kill("{\"clients\": [\"evil\"], \"tools\": [\"list_entities\"]}", "not with this client");

        // Then
        assertThat(post(proxy.port(), Calls.BODY, session).body()).contains("not with this client");
        assertThat(post(proxy.port(), RENAMING_CALL, session).body()).contains("not with this client");

        // When it introduces itself again, under another name
        var again = session(initialize("good", session));

        // Then
        assertThat(post(proxy.port(), Calls.BODY, again).body()).contains("not with this client");
        assertThat(post(proxy.port(), Calls.BODY, session).body()).contains("not with this client");
    }

    @Test
    void sessionKeepsItsNameOnAnotherReplica() throws Exception {
        // Given
        var session = session(initialize("evil", "X-Nothing: 1"));
        var other = session(initialize("good", "X-Nothing: 1"));
        proxy.kill("{\"clients\": [\"evil\"]}", "bad client");

        try (var second = proxy.anotherReplica("replica-2")) {
            // When
            var refused = post(second.port(), Calls.BODY, session);

            // Then
            assertThat(refused.status()).isEqualTo(403);
            assertThat(post(second.port(), Calls.BODY, other).status()).isEqualTo(200);
        }
    }

    private static RawMessage initialize(String client, String header) throws IOException {
        return post(
                proxy.port(),
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"" + client + "\",\"version\":\"1\"}}}",
                header);
    }

    private static RawMessage modern(String client) throws IOException {
        upstream.answersWith(Calls.answer(""));
        var body = MODERN.formatted(client);
        return proxy.exchange("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                + "Mcp-Method: tools/call\r\nMcp-Name: list_entities\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static RawMessage post(int port, String body, String header) throws IOException {
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: S-1\r\nContent-Length: "
                        + RESULT.length() + "\r\n\r\n" + RESULT,
                false));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                                    + header + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return RawMessage.read(socket.getInputStream());
        }
    }

    private static String session(RawMessage initialized) {
        assertThat(initialized.status()).isEqualTo(200);
        return "Mcp-Session-Id: " + initialized.header("mcp-session-id").orElseThrow();
    }
}
