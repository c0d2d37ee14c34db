package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.secrets.ApiKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Who tries credentials is slowed, and nobody else. Each test has an address of its own.
class ThrottledCallersTest {
    private static final int FAILURES = 3;
    private static final TestIssuer ISSUER = new TestIssuer();
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private static String key;
    private static String unusedKey;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        upstream.answersWith(Calls.ANSWER);
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  other: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  passing: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port(), ISSUER.authority()),
                AuditSettings.defaults(),
                Optional.empty(),
                new IdentitySettings(List.of(ISSUER.settings("corp")), List.of(), FAILURES),
                new AddressSettings(
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()), ForwardingHeader.X_FORWARDED_FOR, false));
        unusedKey = proxy.addKey("unused", null, new String[0], null).reveal();
        key = proxy.addKey("good", null, new String[0], null).reveal();
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> call("198.51.100.1", "guarded", key).status() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
        ISSUER.close();
    }

    @Test
    void wrongKeysAreSlowedAndCounted() throws Exception {
        // Given
        var from = "198.51.100.2";
        for (int i = 0; i < FAILURES; i++) {
            assertThat(call(from, "guarded", ApiKey.generate().reveal()).status())
                    .isEqualTo(401);
        }

        // When
        var wrong = call(from, "guarded", ApiKey.generate().reveal());
        var right = call(from, "guarded", unusedKey);

        // Then
        for (var answer : List.of(wrong, right)) {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("retry-after").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(answer.header("www-authenticate")).isEmpty();
            assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                            .get("refusal"))
                    .isEqualTo("throttled");
        }
        assertThat(proxy.metrics().lines())
                .anyMatch(line -> line.startsWith("portcullis_refusals_total{reason=\"throttled\"}"));
        assertThat(call("198.51.100.3", "guarded", ApiKey.generate().reveal()).status())
                .as("from elsewhere")
                .isEqualTo(401);
    }

    @Test
    void whoWasKnownBeforeStaysKnown() throws Exception {
        // Given
        var from = "198.51.100.4";
        var token = token(claims -> {});
        assertThat(call(from, "guarded", token).status()).isEqualTo(200);

        // When
        guessKeys(from);
        guessTokens(from);

        // Then
        assertThat(call(from, "guarded", key).status()).isEqualTo(200);
        assertThat(call(from, "guarded", token).status()).isEqualTo(200);
        assertThat(call(from, "guarded", token(claims -> {})).status())
                .as("not seen before")
                .isEqualTo(429);
    }

    @Test
    void genuineTokensThatAreNotGoodHereNeverCount() throws Exception {
        // Given
        var from = "198.51.100.5";

        // When
        for (int i = 0; i < FAILURES; i++) {
            var old = token(
                    claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
            var early =
                    token(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(60))));
            var elsewhere = token(claims -> claims.audience("http://gateway.example/mcp/other"));
            var others = token(claims -> claims.issuer("https://other.example"));
            var nobodys = token(claims -> claims.subject(null));
            assertThat(Stream.of(old, early, elsewhere, others, nobodys)
                            .map(token -> call(from, "guarded", token).status()))
                    .containsOnly(401);
        }

        // Then
        assertThat(call(from, "guarded", token(claims -> {})).status()).isEqualTo(200);
    }

    @Test
    void noCredentialNeverCounts() throws Exception {
        // When
        var from = "198.51.100.6";
        var statuses = IntStream.range(0, 2 * FAILURES)
                .mapToObj(i -> exchange(Calls.post(
                        "guarded", "X-Forwarded-For: " + from, i % 2 == 0 ? "X-A: b" : "Authorization: Basic YTpi")));

        // Then
        assertThat(statuses.map(RawMessage::status)).containsOnly(401);
        assertThat(call(from, "guarded", token(claims -> {})).status()).isEqualTo(200);
        assertThat(call(from, "guarded", ApiKey.generate().reveal()).status()).isEqualTo(401);
    }

    @Test
    void keysAndTokensAreCountedApart() throws Exception {
        // When
        guessKeys("198.51.100.7");
        guessTokens("198.51.100.8");

        // Then
        assertThat(call("198.51.100.7", "guarded", token(claims -> {})).status())
                .isEqualTo(200);
        assertThat(call("198.51.100.8", "guarded", ApiKey.generate().reveal()).status())
                .isEqualTo(401);
    }

    @Test
    void guessedTokensAreSlowedOnPassthroughRoutesToo() throws Exception {
        // Given
        var from = "198.51.100.9";

        // When
        for (int i = 0; i < FAILURES; i++) {
            assertThat(call(from, "passing", forged()).status()).isEqualTo(401);
        }

        // Then
        assertThat(call(from, "passing", forged()).status()).isEqualTo(429);
        assertThat(call(from, "passing", "opaque").status())
                .as("what only the upstream can know")
                .isEqualTo(200);
    }

    private static void guessKeys(String from) {
        IntStream.rangeClosed(0, FAILURES)
                .forEach(i -> call(from, "guarded", ApiKey.generate().reveal()));
        assertThat(call(from, "guarded", ApiKey.generate().reveal()).status()).isEqualTo(429);
    }

    private static void guessTokens(String from) {
        IntStream.rangeClosed(0, FAILURES).forEach(i -> call(from, "guarded", forged()));
        assertThat(call(from, "guarded", forged()).status()).isEqualTo(429);
    }

    /// With a signature of another token.
    private static String forged() {
        var token = token(claims -> {});
        var other = token(claims -> {});
        return token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    }

    private static String token(Consumer<JWTClaimsSet.Builder> changes) {
        return ISSUER.token("http://gateway.example/mcp/guarded", changes);
    }

    private static RawMessage call(String from, String route, String credential) {
        return exchange(Calls.post(route, "X-Forwarded-For: " + from, Calls.bearer(credential)));
    }

    private static RawMessage exchange(String request) {
        try {
            return proxy.exchange(request);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
