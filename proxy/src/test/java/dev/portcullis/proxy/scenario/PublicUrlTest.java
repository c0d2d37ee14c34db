package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one name of each endpoint, which tokens are issued for: nobody makes another one up.
class PublicUrlTest {
    private static final TestIssuer ISSUER = new TestIssuer();
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
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  hosted: {upstream: "http://127.0.0.1:%1$d/v2", authentication: gateway, hosts: [gateway.example, mcp.port.test]}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port(), ISSUER.authority()),
                AuditSettings.defaults(),
                Optional.empty(),
                new IdentitySettings(List.of(ISSUER.settings("corp")), List.of(), 100));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
        ISSUER.close();
    }

    @BeforeEach
    void answer() {
        upstream.answersWith(Calls.ANSWER);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example:9999, /mcp/guarded",
        "gateway.example:443, /mcp/guarded",
        "gateway.example:9999, /v2",
        "mcp.port.test:9999, /v2"
    })
    void anotherPortIsNobodysName(String host, String path) throws Exception {
        // Given tokens for that name, and for the right one
        var bare = host.substring(0, host.indexOf(':'));
        var made = ISSUER.token("http://" + host + path, claims -> {});
        var right = ISSUER.token("http://" + bare + path, claims -> {});

        // When
        var challenge = post(host, path, "X-Nothing: 1");
        var metadata = proxy.exchange(
                "GET /.well-known/oauth-protected-resource" + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        // Then
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.header("www-authenticate").orElse(""))
                .startsWith("Bearer")
                .doesNotContain("9999", "http");
        assertThat(metadata.status()).isEqualTo(404);
        for (var token : List.of(made, right)) {
            var answer = post(host, path, Calls.bearer(token));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("wrong_audience");
        }
        assertThat(upstream.received()).isEmpty();
        assertThat(post(bare, path, Calls.bearer(right)).status()).isEqualTo(200);
        assertThat(post(bare + ":80", path, Calls.bearer(right)).status())
                .as("the usual port, written down")
                .isEqualTo(200);
    }

    @Test
    void hostOfARouteThatIsTheGatewaysOwnHidesNoOtherRoute() throws Exception {
        // Given
        var guarded = ISSUER.token("http://gateway.example/mcp/guarded", claims -> {});
        var hosted = ISSUER.token("http://gateway.example/v2", claims -> {});

        // Then
        assertThat(post("gateway.example", "/mcp/guarded", Calls.bearer(guarded))
                        .status())
                .isEqualTo(200);
        assertThat(upstream.received().getLast().startLine()).isEqualTo("POST /v1 HTTP/1.1");
        assertThat(post("gateway.example", "/v2", Calls.bearer(hosted)).status())
                .isEqualTo(200);
        assertThat(upstream.received().getLast().startLine()).isEqualTo("POST /v2 HTTP/1.1");
        assertThat(post("mcp.port.test", "/mcp/guarded", Calls.bearer(guarded)).status())
                .as("a host of a route alone")
                .isEqualTo(404);
    }

    private static RawMessage post(String host, String path, String header) throws IOException {
        return proxy.exchange(Calls.postAt(host, path, header));
    }
}
