package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.GuardedUpstream;
import dev.portcullis.secrets.UpstreamCredential;
import dev.portcullis.secrets.UpstreamCredential.ClientCredentials;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import dev.portcullis.secrets.UpstreamCredential.StaticHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// What the gateway shows upstreams in place of its callers' credentials, and what it makes of a no.
class UpstreamCredentialTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final Secret SECRET = new Secret("cl1ent-s3cret&=");

    private GuardedUpstream upstream;
    private ProxyUnderTest proxy;
    private String key;

    @BeforeEach
    void start() throws Exception {
        upstream = new GuardedUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  keyed: {upstream: "http://%1$s/mcp", authentication: gateway, credential: main}
                  bare: {upstream: "http://%1$s/mcp", authentication: gateway}
                """.formatted(upstream.authority()),
                Limits.defaults(),
                Set.of(upstream.authority()),
                AuditSettings.defaults(),
                Optional.empty());
        key = proxy.addKey("caller", null, new String[0], null).reveal();
        await().atMost(Duration.ofSeconds(5)).until(() -> call("bare").status() != 401);
        upstream.forget();
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.close();
    }

    @Test
    void staticHeaderTakesThePlaceOfTheClientsOwn() throws Exception {
        // Given
        put(new StaticHeader(List.of(upstream.url()), "X-Upstream-Key", new Secret("k3y")));

        // When
        var answer = call("keyed", "x-upstream-key: mine\r\nX_Upstream_Key: mine\r\nCookie: a=b\r\nX-Api-Key: mine");

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.seen().getLast().apiKey()).isEqualTo("k3y");
        assertThat(upstream.seen().getLast().authorization()).isEmpty();
        assertThat(upstream.seen().getLast().headerNames()).doesNotContain("Cookie", "X-api-key", "X_upstream_key");
    }

    @Test
    void portsTokenIsFetchedOnceForManyCalls() throws Exception {
        // Given
        upstream.giveTokensFor(3600, 200);
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", SECRET));
        upstream.seen().clear();
        upstream.asked().clear();
        upstream.revoke();
        // A changed credential begins without a token.
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id-2", SECRET));

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(IntStream.range(0, 50)
                    .mapToObj(i -> (Callable<RawMessage>) () -> call("keyed"))
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }

        // Then
        assertThat(upstream.asked()).containsOnlyOnce("{\"clientId\":\"id-2\",\"clientSecret\":\"cl1ent-s3cret&=\"}");
        assertThat(upstream.seen())
                .isNotEmpty()
                .allMatch(seen -> seen.authorization().equals("Bearer tok-2")
                        || seen.authorization().isEmpty());
    }

    @Test
    void oauthsFormIsSpokenToo() throws Exception {
        // Given
        put(new ClientCredentials(
                List.of(upstream.url()), upstream.at("/token"), "id", SECRET, Optional.of("a b"), Optional.empty()));

        // Then
        assertThat(call("keyed").status()).isEqualTo(200);
        assertThat(upstream.asked())
                .contains("grant_type=client_credentials&client_id=id&client_secret=cl1ent-s3cret%26%3D&scope=a+b");
    }

    @Test
    void refusedTokenIsRenewedOnceAndTheCallRepeatedOnce() throws Exception {
        // Given
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", SECRET));
        assertThat(call("keyed").status()).isEqualTo(200);
        upstream.forget();

        // When
        upstream.revoke();
        var renewed = call("keyed");

        // Then
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(upstream.seen()).hasSize(2);
        assertThat(upstream.asked()).hasSize(1);

        // When it goes on being refused
        upstream.forget();
        upstream.refuseAll();
        var refused = call("keyed");

        // Then
        assertCredentialFailed(refused, 502, "upstream_credential_refused");
        assertThat(upstream.seen())
                .as("tokens were renewed a moment ago: they are not what is wrong")
                .hasSize(1);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void callThatMayHaveRunIsNotRepeated() throws Exception {
        // Given
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", SECRET));
        assertThat(call("keyed").status()).isEqualTo(200);
        upstream.forget();

        // When
        upstream.doNotChallenge();
        upstream.revoke();
        var answer = call("keyed");

        // Then
        assertCredentialFailed(answer, 502, "upstream_credential_refused");
        assertThat(upstream.seen()).hasSize(1);
    }

    @Test
    void tokenIsRenewedAheadOfItsEnd() throws Exception {
        // Given
        upstream.giveTokensFor(4, 0);
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", SECRET));
        assertThat(call("keyed").status()).isEqualTo(200);
        upstream.asked().clear();

        // Then calls go on all the time, and a new token comes meanwhile
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(8))
                .until(() -> {
                    assertThat(call("keyed").status()).isEqualTo(200);
                    return !upstream.asked().isEmpty();
                });
    }

    @Test
    void missingCredentialIsToldApart() throws Exception {
        assertCredentialFailed(call("keyed"), 502, "upstream_credential_missing");
        assertThat(upstream.seen()).isEmpty();
        assertCredentialFailed(call("bare"), 502, "upstream_credential_missing");
    }

    @Test
    void tokenEndpointThatFailsIsToldApart() throws Exception {
        // Given
        upstream.answerTokensWith(401);
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", SECRET));

        // Then
        assertCredentialFailed(call("keyed"), 502, "upstream_credential_refused");
        assertCredentialFailed(call("keyed"), 502, "upstream_credential_refused");
        assertThat(upstream.asked())
                .as("what was refused is not asked again at once")
                .hasSize(1);
        assertThat(upstream.seen()).isEmpty();

        // When
        upstream.forget();
        upstream.answerTokensWith(503);
        put(new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id-3", SECRET));

        // Then
        assertCredentialFailed(call("keyed"), 503, "upstream_credential_unavailable");
        upstream.answerTokensWith(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> call("keyed").status() == 200);
    }

    @Test
    void getIsCarriedByTheCredentialToo() throws Exception {
        // Given
        put(new StaticHeader(List.of(upstream.url()), "X-Upstream-Key", new Secret("k3y")));

        // When
        proxy.exchange("GET /mcp/keyed HTTP/1.1\r\nHost: gateway.example\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                + "Authorization: Bearer " + key + "\r\n\r\n");

        // Then
        assertThat(upstream.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("GET");
            assertThat(seen.apiKey()).isEqualTo("k3y");
        });
    }

    /// Waits until the replica knows it: `main` is missing, or older, before.
    private void put(UpstreamCredential credential) {
        var before = loaded();
        proxy.putCredential("main", credential);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> loaded() > before);
    }

    /// How many times the replica has read its credentials.
    private double loaded() {
        try {
            return proxy.metrics()
                    .lines()
                    .filter(line -> line.startsWith("portcullis_credentials_loads_total "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertCredentialFailed(RawMessage answer, int status, String reason) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("www-authenticate")).isEmpty();
        assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"").doesNotContain("cl1ent", "tok-");
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("refusal"))
                .isEqualTo(reason);
    }

    private RawMessage call(String route) throws Exception {
        return call(route, "X-Nothing: 1");
    }

    private RawMessage call(String route, String header) throws Exception {
        return proxy.exchange("POST /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + "MCP-Protocol-Version: 2025-11-25\r\nAuthorization: Bearer " + key + "\r\n" + header
                + "\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL);
    }
}
