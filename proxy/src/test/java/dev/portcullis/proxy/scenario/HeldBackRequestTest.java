package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.proxy.fixture.TlsMaterial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Requests that begin while they are allowed and end when they are not any more: nothing of them reaches
/// the upstream.
class HeldBackRequestTest {
    @TempDir
    private static Path folder;

    private static final TestIssuer ISSUER = new TestIssuer();
    private static final AtomicInteger KEYS = new AtomicInteger();
    private static TlsMaterial material;
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private RawHttp2 client;

    @BeforeAll
    static void start() throws Exception {
        material = new TlsMaterial(folder);
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
                Optional.of(material.settings(ClientCertificates.NONE)),
                new IdentitySettings(List.of(ISSUER.settings("corp")), List.of(), 100));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
        ISSUER.close();
    }

    @BeforeEach
    void connect() throws Exception {
        upstream.answersWith(Calls.ANSWER);
        client = new RawHttp2(material.clientContext(Optional.empty()), proxy.port(), 65_535);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        proxy.releaseKills();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void revocationReachesARequestThatIsNotCompleteYet(String method) throws Exception {
        // Given
        var name = newName();
        var key = key(name);
        begin(method, key);

        // When
        proxy.revokeKey(name);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> status(key) == 401);
        upstream.answersWith(Calls.ANSWER);
        complete(method);

        // Then
        assertThat(statusOfStream()).isEqualTo("401");
        assertThat(upstream.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void killReachesARequestThatIsNotCompleteYet(String method) throws Exception {
        // Given
        begin(method, key(newName()));

        // When
        proxy.kill("{}", "stop all");
        complete(method);

        // Then
        assertThat(statusOfStream()).isEqualTo("403");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void killReachesACallerWhoseTokenIsStillBeingChecked() throws Exception {
        // Given
        var keys = new CountDownLatch(1);
        ISSUER.waitFor(keys);
        begin("GET", ISSUER.token("https://gateway.example/mcp/guarded", claims -> {}));
        complete("GET");
        await().atMost(Duration.ofSeconds(5)).until(() -> ISSUER.fetches() > 0);

        // When
        proxy.kill("{}", "stop all");
        keys.countDown();

        // Then
        assertThat(statusOfStream()).isEqualTo("403");
        assertThat(upstream.received()).isEmpty();
    }

    /// All but the end of a request, read by the gateway when this returns.
    private void begin(String method, String credential) throws Exception {
        client.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS,
                1,
                RawHttp2.block(
                        ":method",
                        method,
                        ":scheme",
                        "https",
                        ":path",
                        "/mcp/guarded",
                        ":authority",
                        "gateway.example",
                        "accept",
                        "application/json, text/event-stream",
                        "content-type",
                        "application/json",
                        "mcp-protocol-version",
                        "2025-11-25",
                        "content-length",
                        Integer.toString(body(method).length),
                        "authorization",
                        "Bearer " + credential));
        client.roundTrip();
    }

    private void complete(String method) throws Exception {
        client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, body(method));
    }

    private static byte[] body(String method) {
        return (method.equals("POST") ? Calls.BODY : "").getBytes(StandardCharsets.UTF_8);
    }

    private String statusOfStream() throws Exception {
        return client.fields(client.next(1)).get(":status");
    }

    private static String newName() {
        return "key-" + KEYS.incrementAndGet();
    }

    private static String key(String name) {
        var key = proxy.addKey(name, null, new String[0], null).reveal();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> status(key) == 200);
        upstream.answersWith(Calls.ANSWER);
        return key;
    }

    private static int status(String key) throws Exception {
        return new TlsClient(material, proxy.port(), Optional.empty())
                .exchange(Calls.post("guarded", Calls.bearer(key)))
                .status();
    }
}
