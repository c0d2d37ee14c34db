package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Set;

/// Errors of HTTP with which an upstream answers: a client must see them, for it acts on them, and must not find
/// a message in them that nobody has judged.
@Timeout(60)
class UpstreamErrorsTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private static HandDrivenUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = new HandDrivenUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules:
                  - {id: hide, match: {tools: ["secret_*"]}, deny: true}
                """.formatted(upstream.port()), Limits.defaults(), Set.of("127.0.0.1:" + upstream.port()));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"jsonRpcError":{"code":-32601,"message":"Session ID required"},"stackTrace":[{"line":1}]}
            404 | {"jsonRpcError":{"code":-32603,"message":"Session not found: x"},"cause":null}
            404 | {"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}
            400 | {"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: Server not initialized"},"id":null}
            404 | {"error":"not found"}
            503 | {not JSON
            """)
    void clientSeesWhyItsSessionIsNotTaken(int status, String body) throws IOException {
        var answer = answered(status, "application/json", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void clientSeesAPageOfAnError() throws IOException {
        var answer = answered(502, "text/html", "<h1>Bad gateway</h1>");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("<h1>Bad gateway</h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"secret_one\"}]}}]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"result\":{\"tools\":[{\"name\":\"secret_one\"}]}}",
                "{\"json\\u0072pc\":\"2.0\",\"id\":1,\"id\":1,\"result\":{\"tools\":[{\"name\":\"secret_one\"}]}}",
                "{\"j\u017fonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"secret_one\"}]}}",
                "{\"JSONRPC\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"secret_one\"}]}}"
            })
    void messageThatOnlySomeClientsReadIsNotPassedOn(String body) throws IOException {
        var answer = answered(400, "application/json", body);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_garbage").doesNotContain("secret_one");
    }

    @Test
    void listInAnErrorIsFilteredLikeAnyOther() throws IOException {
        var answer = answered(
                400,
                "application/json",
                "{\"json\\u0072pc\":\"2.0\",\"id\":1,\"result\":{\"tools\":["
                        + "{\"name\":\"secret_one\",\"inputSchema\":{}},{\"name\":\"open\",\"inputSchema\":{}}]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"open\"").doesNotContain("secret_one");
    }

    private static RawMessage answered(int status, String type, String body) throws IOException {
        try (var client = proxy.connect()) {
            Peer.send(
                    client,
                    "POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Accept: application/json, text/event-stream\r\nContent-Length: " + LIST.length()
                            + "\r\n\r\n" + LIST);
            try (var exchange = upstream.next()) {
                exchange.fails(status, type, body);
                return RawMessage.read(client.getInputStream());
            }
        }
    }
}
