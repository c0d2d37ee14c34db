package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A provider's clock may be off by some seconds, for a request from its beginning to its end.
class ClockSkewTest {
    private static final TestIssuer ISSUER = new TestIssuer();
    /// As [TestIssuer] has it.
    private static final Duration SKEW = Duration.ofSeconds(5);

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

    @Test
    void tokenThatHasJustEndedIsGoodForTheBodyToo() throws Exception {
        // Given
        upstream.answersWith(Calls.ANSWER);
        var token = token(Instant.now().minusSeconds(1));

        // When
        var answer = proxy.exchange(Calls.post("guarded", Calls.bearer(token)));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void streamLastsAsLongAsItsTokenWithTheSkew() throws Exception {
        // Given
        upstream.answersWith(Calls.STREAM);
        var end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        try (var socket = proxy.connect()) {
            // When
            Peer.send(socket, Calls.get("guarded", Calls.bearer(token(end))));
            var seen = new String(socket.getInputStream().readAllBytes(), "UTF-8");

            // Then
            assertThat(seen).startsWith("HTTP/1.1 200").contains("id: hello");
            assertThat(Instant.now()).isBetween(end.plus(SKEW), end.plus(SKEW).plusSeconds(3));
        }
    }

    private static String token(Instant end) {
        return ISSUER.token("http://gateway.example/mcp/guarded", claims -> claims.expirationTime(Date.from(end)));
    }
}
