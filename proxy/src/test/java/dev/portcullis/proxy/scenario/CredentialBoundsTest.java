package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.GuardedUpstream;
import dev.portcullis.secrets.UpstreamCredential;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import dev.portcullis.secrets.UpstreamCredential.StaticHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// To whom a credential of the gateway is shown, and what becomes of those who wait for one.
class CredentialBoundsTest {
    private static final String MODERN_BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\",\"_meta\":"
                    + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String MODERN_CALL =
            "POST /mcp/keyed HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                    + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                    + "Mcp-Method: tools/call\r\nMcp-Name: list_entities\r\nAuthorization: Bearer %s\r\n"
                    + "Content-Length: " + MODERN_BODY.length() + "\r\n\r\n" + MODERN_BODY;
    private static GuardedUpstream upstream;
    private static GuardedUpstream stranger;
    private static ProxyUnderTest proxy;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        upstream = new GuardedUpstream();
        stranger = new GuardedUpstream();
        var port = upstream.authority().substring(upstream.authority().indexOf(':'));
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  keyed: {upstream: "http://%1$s/mcp", authentication: gateway, credential: main}
                  strange: {upstream: "http://%2$s/mcp", authentication: gateway, credential: main}
                  alias: {upstream: "http://localhost%3$s/mcp", authentication: gateway, credential: main}
                """.formatted(upstream.authority(), stranger.authority(), port),
                Limits.defaults(),
                Set.of(upstream.authority(), stranger.authority(), "localhost" + port),
                AuditSettings.defaults(),
                Optional.empty());
        key = proxy.addKey("caller", null, new String[0], null).reveal();
        await().atMost(Duration.ofSeconds(5)).until(() -> call("keyed").status() != 401);
    }

    @AfterAll
    static void stop() {
        proxy.close();
        upstream.close();
        stranger.close();
    }

    @BeforeEach
    void forget() {
        upstream.forget();
        stranger.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"strange", "alias"})
    void credentialIsShownToNoUpstreamThatItDoesNotList(String route) {
        // Given
        put(new StaticHeader(List.of(upstream.url()), "X-Upstream-Key", new Secret("k3y")));
        assertThat(call("keyed").status()).isEqualTo(200);
        upstream.forget();

        // When
        var answer = call(route);

        // Then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("\"reason\":\"upstream_credential_forbidden\"");
        assertThat(answer.header("www-authenticate")).isEmpty();
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("refusal"))
                .isEqualTo("upstream_credential_forbidden");
        assertThat(stranger.seen()).isEmpty();
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void noTokenIsFetchedForWhoMayNotSeeIt() {
        // Given
        put(port("id", upstream.url()));

        // Then
        assertThat(call("strange").body()).contains("upstream_credential_forbidden");
        assertThat(upstream.asked()).isEmpty();
        assertThat(stranger.seen()).isEmpty();
    }

    @Test
    void credentialThatIsReplacedMeanwhileServesWhoWaitedForIt() throws Exception {
        // Given
        var latch = new CountDownLatch(1);
        upstream.waitFor(latch);
        put(port("old", upstream.url()));
        var waiting = CompletableFuture.supplyAsync(() -> call("keyed"));
        await().atMost(Duration.ofSeconds(5)).until(() -> !upstream.asked().isEmpty());

        // When
        put(new StaticHeader(List.of(upstream.url()), "X-Upstream-Key", new Secret("k3y")));
        var next = call("keyed");
        latch.countDown();

        // Then
        assertThat(next.status()).as("does not wait for the old one").isEqualTo(200);
        assertThat(waiting.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(upstream.seen()).extracting(GuardedUpstream.Seen::apiKey).containsExactly("k3y", "");
    }

    @Test
    void refusalOfAReplacedCredentialIsAnsweredWithTheNewOne() throws Exception {
        // Given a token that is bad by the time it comes
        var latch = new CountDownLatch(1);
        upstream.waitFor(latch);
        put(port("older", upstream.url()));
        var waiting = CompletableFuture.supplyAsync(() -> call("keyed"));
        await().atMost(Duration.ofSeconds(5)).until(() -> !upstream.asked().isEmpty());

        // When
        put(new StaticHeader(List.of(upstream.url()), "X-Upstream-Key", new Secret("wrong")));
        put(port("newer", upstream.url()));
        upstream.refuseNext();
        latch.countDown();

        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(upstream.seen()).hasSize(2);
        assertThat(upstream.asked()).hasSize(2).last().asString().contains("newer");
    }

    @Test
    void callWhoseClientLeftMeanwhileIsNotMade() throws Exception {
        // Given a client of the era in which leaving is cancelling
        var latch = new CountDownLatch(1);
        upstream.waitFor(latch);
        put(port("left", upstream.url()));
        leaveWhileATokenIsFetched(MODERN_CALL);
        await().atMost(Duration.ofSeconds(5)).until(() -> proxy.metrics().contains("outcome=\"cancelled\""));

        // When
        latch.countDown();

        // Then the token is there for the next one
        assertThat(call("keyed").status()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(1);
        assertThat(upstream.seen()).hasSize(1);
    }

    @Test
    void callOfTheLegacyEraIsMadeWithoutItsClient() throws Exception {
        // Given
        var latch = new CountDownLatch(1);
        upstream.waitFor(latch);
        put(port("left-too", upstream.url()));
        leaveWhileATokenIsFetched(Calls.post("keyed", Calls.bearer(key)));

        // When
        latch.countDown();

        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> !upstream.seen().isEmpty());
        assertThat(upstream.asked()).hasSize(1);
    }

    private static void leaveWhileATokenIsFetched(String request) throws Exception {
        try (var socket = proxy.connect()) {
            Peer.send(socket, request.formatted(key));
            await().atMost(Duration.ofSeconds(5)).until(() -> !upstream.asked().isEmpty());
            Peer.reset(socket);
        }
    }

    private static PortToken port(String client, String mayBeShownTo) {
        return new PortToken(
                List.of(mayBeShownTo), upstream.at("/v1/auth/access_token"), client, new Secret("cl1ent-s3cret"));
    }

    /// Waits until the replica knows it.
    private static void put(UpstreamCredential credential) {
        var before = loads();
        proxy.putCredential("main", credential);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !loads().equals(before));
    }

    private static String loads() {
        try {
            return proxy.metrics()
                    .lines()
                    .filter(line -> line.startsWith("portcullis_credentials_loads_total "))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawMessage call(String route) {
        try {
            return proxy.exchange(Calls.post(route, Calls.bearer(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
