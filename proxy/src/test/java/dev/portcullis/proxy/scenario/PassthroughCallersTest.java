package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.secrets.ApiKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who is who where the upstream checks credentials, and that keys of the gateway are none of them.
class PassthroughCallersTest {
    private static final String KEY = ApiKey.generate().reveal();
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
                  passing: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.answersWith(Calls.answer("Mcp-Session-Id: s-1\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token", "Authorization"})
    void otherCredentialIsAnotherCallerWithoutItsSessions(String header) throws Exception {
        // Given
        var one = proxy.exchange(Calls.post("passing", header + ": one"));
        var session = one.header("mcp-session-id").orElseThrow();
        var two = proxy.exchange(Calls.post("passing", header + ": two"));
        assertThat(caller(one)).startsWith("token:").isNotEqualTo(caller(two));
        upstream.answersWith(Calls.ANSWER);

        // When
        var foreign = proxy.exchange(Calls.post("passing", header + ": two", "Mcp-Session-Id: " + session));
        var nobodys = proxy.exchange(Calls.post("passing", "Mcp-Session-Id: " + session));

        // Then
        assertThat(List.of(foreign.status(), nobodys.status())).containsOnly(404);
        assertThat(upstream.received()).isEmpty();

        // And its own goes on
        assertThat(proxy.exchange(Calls.post("passing", header + ": one", "Mcp-Session-Id: " + session))
                        .status())
                .isEqualTo(200);
        assertThat(upstream.received()).singleElement().satisfies(seen -> {
            assertThat(seen.header("mcp-session-id")).contains("s-1");
            assertThat(seen.header(header)).contains("one");
        });
    }

    @Test
    void spellingOfTheSchemeMakesNoOtherCaller() throws Exception {
        // When
        var callers = Stream.of("Bearer xyz", "bearer xyz", "BEARER   xyz")
                .map(value -> caller(exchange(Calls.post("passing", "Authorization: " + value))))
                .distinct();

        // Then
        assertThat(callers).hasSize(1);
        assertThat(caller(exchange(Calls.post("passing", Calls.bearer("XYZ")))))
                .as("another token")
                .isNotEqualTo(caller(exchange(Calls.post("passing", Calls.bearer("xyz")))));
    }

    @Test
    void severalCredentialsAreOneCaller() throws Exception {
        // When
        var both = exchange(Calls.post("passing", Calls.bearer("xyz"), "X-Api-Key: one"));
        var swapped = exchange(Calls.post("passing", "x-api-key: one", Calls.bearer("xyz")));
        var single = exchange(Calls.post("passing", Calls.bearer("xyz")));

        // Then
        assertThat(caller(both)).isEqualTo(caller(swapped)).isNotEqualTo(caller(single));
    }

    /// By names that do not have the key in them.
    static Stream<Named<String>> dresses() {
        return Stream.of(
                named("a bearer token", Calls.bearer(KEY)),
                named("nothing else", "Authorization: " + KEY),
                named("an unknown scheme", "Authorization: Token " + KEY),
                named("upper case", "Authorization: Bearer " + KEY.toUpperCase(Locale.ROOT)),
                named("a part of it", "Authorization: " + KEY.substring(0, 20)),
                named("a password", "Authorization: Basic " + encoded("user:" + KEY)),
                named("a user", "Authorization: basic  " + encoded(KEY + ":")),
                named("an API key", "X-Api-Key: " + KEY),
                named("a part of an API key", "x-api-key: " + KEY.substring(0, 16)),
                named("a bearer token elsewhere", "Api-Key: Bearer " + KEY),
                named("a user elsewhere", "X-Auth-Token: Basic " + encoded(KEY)),
                named("any header", "X-Anything: " + KEY),
                named("a parameter", "X-Anything: a, key=\"" + KEY + "\""),
                named("a cookie", "Cookie: a=b; k=" + KEY),
                named("a link", "Referer: https://page.example/?key=" + KEY));
    }

    @ParameterizedTest
    @MethodSource("dresses")
    void keyOfTheGatewayGoesNowhereInNoDress(String header) throws Exception {
        // When
        var answer = proxy.exchange(Calls.post("passing", header));

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("key_not_forwarded");
        assertThat(upstream.received()).isEmpty();
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .toString())
                .doesNotContain(KEY.substring(KEY.length() - 20));
    }

    @Test
    void wordOfAKeyIsNoKey() throws Exception {
        assertThat(exchange(Calls.post("passing", "X-Anything: pck_ keys are not for you"))
                        .status())
                .isEqualTo(200);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String caller(RawMessage answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return String.valueOf(
                proxy.record(answer.header("portcullis-exchange").orElseThrow()).get("caller"));
    }

    private static RawMessage exchange(String request) {
        try {
            return proxy.exchange(request);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
