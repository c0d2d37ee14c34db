package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.OAuthUpstream;
import dev.portcullis.proxy.fixture.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How MCP clients find out where to sign in, and where their tokens go.
class PassthroughTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final int ROUTES = 20;
    private static OAuthUpstream upstream;
    private static OAuthUpstream other;
    private static TestIssuer issuer;
    private static ProxyUnderTest proxy;

    /// Of each test its own, since what an upstream publishes is remembered: the route `r<n>` leads to the
    /// upstream's path `/r<n>`.
    private final String route = "r" + TESTS.incrementAndGet();

    private final String pointer = "resource_metadata=\"http://gateway.example" + WELL_KNOWN + "/mcp/" + route + "\"";

    @BeforeAll
    static void start() throws Exception {
        upstream = new OAuthUpstream();
        other = new OAuthUpstream();
        issuer = new TestIssuer();
        var routes = IntStream.rangeClosed(1, ROUTES)
                .mapToObj(n -> "  r%1$d: {upstream: \"%2$s/r%1$d\", authentication: passthrough}\n"
                        .formatted(n, upstream.url()))
                .collect(Collectors.joining());
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  other: {upstream: "%2$s/v1", authentication: passthrough}
                  guarded: {upstream: "%1$s/v1", authentication: gateway}
                  open: {upstream: "%1$s/v1", authentication: open}
                  hosted: {upstream: "%1$s/v2", authentication: passthrough, hosts: [mcp.port.test]}
                """.formatted(upstream.url(), other.url()) + routes,
                Limits.defaults(),
                Set.of(upstream.authority(), other.authority(), issuer.authority()),
                AuditSettings.defaults(),
                Optional.empty(),
                new IdentitySettings(List.of(issuer.interactive("corp", List.of("mcp", "groups"))), List.of(), 1000));
    }

    @BeforeEach
    void forget() {
        upstream.forget();
        other.forget();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        upstream.close();
        other.close();
        issuer.close();
    }

    @Test
    void metadataIsTheUpstreamsWithTheUrlThatClientsWereGiven() throws Exception {
        // Given
        upstream.publish(WELL_KNOWN + "/" + route, """
                {"resource": "%s/%s", "authorization_servers": ["https://auth.example/tenant"], "scopes_supported": ["a"],
                 "x_more": 1, "signed_metadata": "e30.e30.x"}""".formatted(upstream.url(), route));

        // When
        var answer = get(WELL_KNOWN + "/mcp/" + route);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("""
                                {"resource": "http://gateway.example/mcp/%s", "authorization_servers": ["https://auth.example/tenant"],
                                 "scopes_supported": ["a"], "x_more": 1}""".formatted(route)));
        assertThat(answer.header("access-control-allow-origin")).hasValue("*");
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("outcome")
                        .toString())
                .isEqualTo("succeeded");
    }

    @Test
    void upstreamIsAskedOnceForAll() throws Exception {
        // Given
        publishPlainly();
        var latch = new CountDownLatch(1);
        upstream.waitFor(latch);

        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(WELL_KNOWN + "/mcp/" + route)))
                .toList();
        await().until(() -> !upstream.seen().isEmpty());
        latch.countDown();

        // Then
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.get().status()).isEqualTo(200));
        assertThat(upstream.seen()).hasSize(1);
    }

    @Test
    void challengesOfTheUpstreamLeadToTheGatewaysMetadata() throws Exception {
        // Given
        upstream.challengeWith(
                401,
                "Basic realm=\"a, b\", Bearer realm=\"say \\\"hi\\\"\", resource_metadata=\"" + upstream.url()
                        + "/elsewhere\", scope=\"x y\"");
        upstream.publish(
                "/elsewhere",
                "{\"resource\":\"" + upstream.url() + "\",\"authorization_servers\":[\"https://a.example\"]}");

        // When
        var answer = post(route, "Authorization: Bearer wrong");

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headerLines())
                .contains(
                        "WWW-Authenticate: Basic realm=\"a, b\"",
                        "WWW-Authenticate: Bearer " + pointer + ", realm=\"say \\\"hi\\\"\", scope=\"x y\"");

        // And the place that the upstream named is the first that is asked
        assertThat(json(get(WELL_KNOWN + "/mcp/" + route))
                        .at("/authorization_servers/0")
                        .asString())
                .isEqualTo("https://a.example");
    }

    @Test
    void missingScopeIsToldWithItsName() {
        // Given
        upstream.challengeWith(403, "Bearer error=\"insufficient_scope\", scope=\"write\", resource_metadata=\"x\"");

        // When
        var answer = post(route, "Authorization: Bearer wrong");

        // Then
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("www-authenticate"))
                .hasValue("Bearer " + pointer + ", error=\"insufficient_scope\", scope=\"write\"");
    }

    @Test
    void upstreamThatChallengesWithNothingIsHelped() {
        assertThat(post(route, "X-Nothing: 1").header("www-authenticate")).hasValue("Bearer " + pointer);
    }

    @Test
    void documentOfAnotherResourceIsNotUsed() {
        // Given
        upstream.publish(
                WELL_KNOWN + "/" + route,
                "{\"resource\":\"https://bank.example/v1\",\"authorization_servers\":[\"https://auth.bank.example\"]}");

        // When
        var answer = get(WELL_KNOWN + "/mcp/" + route);

        // Then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("bank");
    }

    @Test
    void noPlaceOfTheUpstreamsChoiceInsideIsAsked() {
        // Given an upstream that leads to where only the gateway can go
        other.publish(WELL_KNOWN, "{\"resource\":\"" + upstream.url() + "\"}");
        upstream.challengeWith(401, "Bearer resource_metadata=\"http://169.254.169.254/latest/meta-data\"");
        upstream.publish(WELL_KNOWN + "/" + route, "->" + other.url() + WELL_KNOWN);
        post(route, "X-Nothing: 1");

        // When
        var answer = get(WELL_KNOWN + "/mcp/" + route);

        // Then
        assertThat(answer.status()).isBetween(404, 502);
        assertThat(other.seen()).isEmpty();
    }

    @Test
    void serverOfTheFirstRevisionIsItsOwnAuthorizationServer() throws Exception {
        // Given
        other.publish(
                "/.well-known/oauth-authorization-server",
                "{\"authorization_endpoint\":\"https://a.example/authorize\"}");

        // When
        var document = json(get(WELL_KNOWN + "/mcp/other"));

        // Then
        assertThat(document.at("/authorization_servers/0").asString()).isEqualTo(other.url());
        assertThat(document.path("resource").asString()).isEqualTo("http://gateway.example/mcp/other");
    }

    @Test
    void nobodySignsInWhereNobodyAsks() {
        for (var path : List.of(
                WELL_KNOWN + "/mcp/" + route,
                WELL_KNOWN + "/mcp/open",
                WELL_KNOWN + "/mcp/nowhere",
                WELL_KNOWN,
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration/mcp/" + route,
                "/authorize",
                "/token",
                "/register")) {
            var answer = get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("content-type")).hasValue("application/json");
        }
    }

    @Test
    void bareGetIsChallengedWhereSigningInHelps() throws Exception {
        // Given
        publishPlainly();

        // Then
        var challenged = get("/mcp/" + route);
        assertThat(challenged.status()).isEqualTo(401);
        assertThat(challenged.header("www-authenticate")).hasValue("Bearer " + pointer);
        assertThat(get("/mcp/guarded").status()).isEqualTo(401);
        assertThat(get("/mcp/r" + ROUTES).status()).as("nothing is published").isEqualTo(405);
        assertThat(get("/mcp/open").status()).isEqualTo(405);
        assertThat(proxy.exchange("GET /mcp/" + route
                                + " HTTP/1.1\r\nHost: gateway.example\r\nAuthorization: Bearer t\r\n\r\n")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void tokenGoesToItsUpstreamAndNowhereElse() throws Exception {
        // Given
        publishPlainly();
        var token = "Authorization: Bearer " + OAuthUpstream.TOKEN;

        // When
        var passing = post(route, token);
        post("guarded", token);
        post("open", token);
        proxy.exchange(
                "GET " + WELL_KNOWN + "/mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\n" + token + "\r\n\r\n");

        // Then
        assertThat(passing.status()).isEqualTo(200);
        assertThat(upstream.seen().stream().filter(seen -> !seen.authorization().isEmpty()))
                .containsExactly(new OAuthUpstream.Seen("/" + route, "Bearer " + OAuthUpstream.TOKEN));
        assertThat(other.seen()).isEmpty();
    }

    @Test
    void openRouteToWhoAsksForCredentialsIsAFaultOfTheRoute() {
        // Given
        upstream.challengeWith(401, "Bearer resource_metadata=\"x\"");

        // When
        var answer = post("open", "X-Nothing: 1");

        // Then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_credential_missing");
        assertThat(answer.header("www-authenticate")).isEmpty();
    }

    @Test
    void ownMetadataNamesWherePeopleSignIn() throws Exception {
        // When
        var document = json(get(WELL_KNOWN + "/mcp/guarded"));
        var challenge = post("guarded", "X-Nothing: 1").header("www-authenticate");

        // Then
        assertThat(document).isEqualTo(JSON.readTree("""
                                {"resource": "http://gateway.example/mcp/guarded", "authorization_servers": ["%s"],
                                 "scopes_supported": ["mcp", "groups"], "bearer_methods_supported": ["header"], "resource_name": "guarded"}""".formatted(issuer.url())));
        assertThat(challenge)
                .hasValue("Bearer resource_metadata=\"http://gateway.example" + WELL_KNOWN
                        + "/mcp/guarded\", scope=\"mcp groups\"");
    }

    @Test
    void hostOfARouteHasItsOwnMetadata() throws Exception {
        // Given
        upstream.publish(WELL_KNOWN + "/v2", "{\"resource\":\"" + upstream.url() + "/v2\"}");

        // Then
        for (var path : List.of(WELL_KNOWN + "/v2", WELL_KNOWN)) {
            var document = json(proxy.exchange("GET " + path + " HTTP/1.1\r\nHost: mcp.port.test\r\n\r\n"));
            assertThat(document.path("resource").asString()).isEqualTo("http://mcp.port.test/v2");
        }
    }

    @Test
    void pagesOfListedOriginsMayUseTheGateway() throws Exception {
        // When
        var asked = options("/mcp/" + route, "https://app.example");
        var refused = post("guarded", "Origin: https://app.example");
        var passed = post(route, "Origin: https://app.example\r\nAuthorization: Bearer " + OAuthUpstream.TOKEN);
        var plain = post(route, "Authorization: Bearer " + OAuthUpstream.TOKEN);

        // Then
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("access-control-allow-origin")).hasValue("https://app.example");
        assertThat(asked.header("access-control-allow-headers")).hasValue("authorization, mcp-param-x");
        assertThat(asked.header("access-control-allow-methods").orElse("")).contains("POST");
        for (var answer : List.of(refused, passed)) {
            assertThat(answer.header("access-control-allow-origin")).hasValue("https://app.example");
            assertThat(answer.header("access-control-expose-headers").orElse(""))
                    .contains("WWW-Authenticate", "Mcp-Session-Id");
            assertThat(answer.header("vary")).hasValue("Origin");
        }
        assertThat(plain.header("access-control-allow-origin"))
                .as("the upstream's")
                .isEmpty();
    }

    @Test
    void pagesOfOtherOriginsMayReadMetadataOnly() throws Exception {
        // Given
        publishPlainly();

        // Then
        var asked = options("/mcp/" + route, "https://evil.example");
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.header("access-control-allow-origin")).isEmpty();
        var metadata = options(WELL_KNOWN + "/mcp/" + route, "https://evil.example");
        assertThat(metadata.status()).isEqualTo(204);
        assertThat(metadata.header("access-control-allow-origin")).hasValue("*");
        assertThat(proxy.exchange("OPTIONS /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\n\r\n")
                        .status())
                .as("no question of a browser")
                .isEqualTo(405);
    }

    private void publishPlainly() {
        upstream.publish(
                WELL_KNOWN + "/" + route,
                "{\"resource\":\"" + upstream.url() + "/" + route
                        + "\",\"authorization_servers\":[\"https://a.example\"]}");
    }

    private RawMessage get(String path) {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: gateway.example\r\n\r\n");
    }

    private RawMessage options(String path, String origin) {
        return exchange("OPTIONS " + path + " HTTP/1.1\r\nHost: gateway.example\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization, mcp-param-x\r\n\r\n");
    }

    private RawMessage post(String route, String header) {
        return exchange(
                "POST /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                        + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n" + header
                        + "\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL);
    }

    private RawMessage exchange(String request) {
        try {
            return proxy.exchange(request);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(RawMessage answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
