package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.OAuthUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.Set;

/// Upstreams move to other authorization servers, and clients have to hear of it.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">MCP,
///     authorization</a>
class AuthorizationServerChangeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private OAuthUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = new OAuthUpstream();
        proxy = new ProxyUnderTest("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  passing: {upstream: "%s/v1", authentication: passthrough}
                """.formatted(upstream.url()), Limits.defaults(), Set.of(upstream.authority()));
        signInAt("https://old.example");
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @Test
    void refusedTokenMakesTheGatewayAskAgain() throws Exception {
        // Given a client that signed in
        assertThat(whereToSignIn()).isEqualTo("https://old.example");
        signInAt("https://new.example");

        // When
        ping("Authorization: Bearer of-the-old-one");

        // Then
        assertThat(whereToSignIn()).isEqualTo("https://new.example");
    }

    @Test
    void whoShowsNothingMakesTheGatewayAskNothing() throws Exception {
        // Given
        assertThat(whereToSignIn()).isEqualTo("https://old.example");
        signInAt("https://new.example");

        // When
        ping("X-Nothing: 1");

        // Then
        assertThat(whereToSignIn()).isEqualTo("https://old.example");
    }

    private void signInAt(String server) {
        upstream.publish(
                WELL_KNOWN + "/v1",
                "{\"resource\":\"" + upstream.url() + "/v1\",\"authorization_servers\":[\"" + server + "\"]}");
    }

    private String whereToSignIn() throws IOException {
        var answer = proxy.exchange("GET " + WELL_KNOWN + "/mcp/passing HTTP/1.1\r\nHost: gateway.example\r\n\r\n");
        return JSON.readTree(answer.body()).at("/authorization_servers/0").asString();
    }

    private void ping(String header) throws IOException {
        var answer = proxy.exchange("POST /mcp/passing HTTP/1.1\r\nHost: gateway.example\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" + header
                + "\r\nContent-Length: " + PING.length() + "\r\n\r\n" + PING);
        assertThat(answer.status()).isEqualTo(401);
    }
}
