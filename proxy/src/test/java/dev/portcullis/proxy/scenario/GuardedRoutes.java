package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.TestIssuer;
import org.jooq.Record;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Routes of each kind before one upstream, and identity providers of all manners: good ones, and some
/// that misbehave. One for each test class.
final class GuardedRoutes implements AutoCloseable {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";

    final TestIssuer issuer = new TestIssuer();
    final TestIssuer ci = new TestIssuer();
    final TestIssuer absent = new TestIssuer();
    final TestIssuer liar = new TestIssuer();
    final TestIssuer redirecting = new TestIssuer();
    final TestIssuer hoarder = new TestIssuer();
    final ScriptedUpstream upstream = new ScriptedUpstream();
    final ProxyUnderTest proxy;

    GuardedRoutes() throws Exception {
        absent.goDown(true);
        liar.claimToBe("https://somebody.example");
        redirecting.redirectKeysTo("http://169.254.169.254/latest/meta-data");
        var key = issuer.key();
        hoarder.publish(IntStream.range(0, 10_000)
                .mapToObj(i -> new RSAKey.Builder(key).keyID("k" + i).build())
                .toList());
        var identity = new IdentitySettings(
                List.of(
                        issuer.settings("corp"),
                        ci.settings("ci", Map.of("repository", List.of("acme/*"), "ref", List.of("refs/heads/main"))),
                        absent.settings("absent"),
                        liar.settings("liar"),
                        redirecting.settings("redirecting"),
                        hoarder.settings("hoarder")),
                List.of(),
                100_000);
        var loopback = Stream.concat(
                        Stream.of(issuer, ci, absent, liar, redirecting, hoarder)
                                .map(TestIssuer::authority),
                        Stream.of("127.0.0.1:" + upstream.port()))
                .collect(java.util.stream.Collectors.toSet());
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", profile: port, authentication: gateway}
                  other: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  passing: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough}
                  open: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.copyOf(loopback),
                AuditSettings.defaults(),
                Optional.empty(),
                identity);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        upstream.close();
        Stream.of(issuer, ci, absent, liar, redirecting, hoarder).forEach(TestIssuer::close);
    }

    String token(String audience, Consumer<JWTClaimsSet.Builder> changes) {
        return issuer.token(audience, changes);
    }

    static String audience(String route) {
        return "http://gateway.example/mcp/" + route;
    }

    void awaitKey(String key) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> call("guarded", "Authorization: Bearer " + key).status() == 200);
    }

    RawMessage call(String route, String header) {
        try {
            upstream.answersWith(new ScriptedUpstream.Script(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length()
                            + "\r\n\r\n" + ANSWER,
                    false));
            return proxy.exchange(post("/mcp/" + route, header));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String post(String path, String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n" + header
                + "\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL;
    }

    static String get(String route, String header) {
        return "GET /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\nAccept: text/event-stream\r\n"
                + "MCP-Protocol-Version: 2025-11-25\r\n" + header + "\r\n\r\n";
    }

    Record record(RawMessage answer) {
        return proxy.record(answer.header("portcullis-exchange").orElseThrow());
    }

    static String withoutExchange(RawMessage answer) {
        return answer.body().replace(answer.header("portcullis-exchange").orElseThrow(), "")
                + answer.header("www-authenticate").orElse("");
    }

    void assertRefused(RawMessage answer, int status, String reason) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
        assertThat(record(answer).get("refusal")).isEqualTo(reason);
        assertThat(answer.header("www-authenticate").isPresent()).isEqualTo(status == 401);
    }
}
