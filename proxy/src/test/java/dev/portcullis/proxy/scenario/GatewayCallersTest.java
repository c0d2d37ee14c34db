package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.secrets.ApiKey;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Who may talk to a route with `authentication: gateway`, and what those are told who may not.
class GatewayCallersTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
    private static final TestIssuer ISSUER = new TestIssuer();
    private static final TestIssuer CI = new TestIssuer();
    private static final TestIssuer ABSENT = new TestIssuer();
    private static final TestIssuer LIAR = new TestIssuer();
    private static final TestIssuer REDIRECTING = new TestIssuer();
    private static final TestIssuer HOARDER = new TestIssuer();
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        ABSENT.goDown(true);
        LIAR.claimToBe("https://somebody.example");
        REDIRECTING.redirectKeysTo("http://169.254.169.254/latest/meta-data");
        var key = ISSUER.key();
        HOARDER.publish(IntStream.range(0, 10_000)
                .mapToObj(i -> new RSAKey.Builder(key).keyID("k" + i).build())
                .toList());
        var identity = new IdentitySettings(
                List.of(
                        ISSUER.settings("corp"),
                        CI.settings("ci", Map.of("repository", List.of("acme/*"), "ref", List.of("refs/heads/main"))),
                        ABSENT.settings("absent"),
                        LIAR.settings("liar"),
                        REDIRECTING.settings("redirecting"),
                        HOARDER.settings("hoarder")),
                List.of(),
                100_000);
        var loopback = Stream.concat(
                        Stream.of(ISSUER, CI, ABSENT, LIAR, REDIRECTING, HOARDER)
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

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
        Stream.of(ISSUER, CI, ABSENT, LIAR, REDIRECTING, HOARDER).forEach(TestIssuer::close);
    }

    @Test
    void keyIsGoodForItsRouteAndNeverTravelsOn() throws Exception {
        // Given
        var key = proxy.addKey("alice", new String[] {"guarded"}, new String[0], null)
                .reveal();
        awaitKey(key);

        // When
        var answered = call("guarded", "Authorization: bearer " + key);

        // Then
        assertThat(answered.status()).isEqualTo(200);
        assertThat(upstream.received().getLast().toString())
                .doesNotContain("pck_")
                .doesNotContainIgnoringCase("authorization");
        var record = record(answered);
        assertThat(record.get("caller")).isEqualTo("key:alice");
        assertThat(record.get("caller_kind")).isEqualTo("api_key");
        assertThat(record.get("caller_name")).isEqualTo("alice");
        assertThat(record.get("caller_verified")).isEqualTo(true);
        assertThat((String[]) record.get("caller_groups")).containsExactly("developers");
        assertRefused(call("other", "Authorization: Bearer " + key), 401, "key_not_accepted");
    }

    @Test
    void revokedExpiredForeignAndUnknownKeysLookTheSame() throws Exception {
        // Given
        var good = proxy.addKey("witness", null, new String[0], null).reveal();
        var revoked = proxy.addKey("revoked", null, new String[0], null).reveal();
        proxy.revokeKey("revoked");
        var expired = proxy.addKey(
                        "expired", null, new String[0], OffsetDateTime.now().minusSeconds(1))
                .reveal();
        var elsewhere = proxy.addKey("elsewhere", null, new String[] {"10.0.0.0/8"}, null)
                .reveal();
        awaitKey(good);
        var last = good.charAt(good.length() - 1) == 'A' ? 'E' : 'A';
        var altered = good.substring(0, good.length() - 1) + last;

        // When
        var answers = Stream.of(
                        revoked,
                        expired,
                        elsewhere,
                        altered,
                        good.substring(0, 20),
                        dev.portcullis.secrets.ApiKey.generate().reveal())
                .map(key -> call("guarded", "Authorization: Bearer " + key))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> assertRefused(answer, 401, "key_not_accepted"));
        assertThat(answers.stream().map(GatewayCallersTest::withoutExchange).distinct())
                .hasSize(1);
        assertThat(proxy.metrics()).contains("portcullis_refusals_total{reason=\"key_not_accepted\"}");
    }

    @Test
    void revocationEndsOpenStreamsWithinASecond() throws Exception {
        // Given
        var key = proxy.addKey("streamer", null, new String[0], null).reveal();
        awaitKey(key);
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: hello\nretry: 10\ndata:\n\n", false));
        try (var socket = proxy.connect()) {
            socket.getOutputStream()
                    .write(get("guarded", "Authorization: Bearer " + key).getBytes("US-ASCII"));
            var in = socket.getInputStream();
            var seen = new StringBuilder();
            while (seen.indexOf("id: hello") < 0) {
                var next = in.read();
                assertThat(next).as(seen.toString()).isNotNegative();
                seen.append((char) next);
            }

            // When
            var begin = System.nanoTime();
            proxy.revokeKey("streamer");
            while (in.read() >= 0) {
                // until the gateway hangs up
            }

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
        assertRefused(call("guarded", "Authorization: Bearer " + key), 401, "key_not_accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void whoShowsNothingIsToldWhereToSignIn(String method) throws Exception {
        // When
        var answer = method.equals("POST")
                ? call("guarded", "X-Nothing: 1")
                : proxy.exchange(method + " /mcp/guarded HTTP/1.1\r\nHost: gateway.example\r\n\r\n");

        // Then
        assertRefused(answer, 401, "no_credential");
        assertThat(answer.header("www-authenticate"))
                .contains(
                        "Bearer resource_metadata=\"http://gateway.example/.well-known/oauth-protected-resource/mcp/guarded\"");
    }

    @Test
    void tokenForThisRouteIsGood() throws Exception {
        // When
        var answer = call("guarded", "Authorization: Bearer " + ISSUER.token(audience("guarded"), claims -> {}));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var record = record(answer);
        assertThat(record.get("caller")).isEqualTo("corp:alice");
        assertThat(record.get("caller_name")).isEqualTo("Alice A.");
        assertThat((String[]) record.get("caller_groups")).containsExactly("everybody", "developers");
        assertThat(upstream.received().getLast().toString()).doesNotContainIgnoringCase("authorization");
    }

    static Stream<Named> badTokens() throws Exception {
        var good = audience("guarded");
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER.url())
                .subject("alice")
                .audience(good)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(ISSUER.key().getKeyID())
                        .build(),
                claims);
        confused.sign(new MACSigner(ISSUER.key().toRSAPublicKey().getEncoded()));
        var own = new RSAKeyGenerator(2048).keyID("own").generate();
        var carried = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("own")
                .jwk(own.toPublicJWK())
                .build();
        var parts = ISSUER.token(good, c -> {}).split("\\.");
        return Stream.of(
                new Named("not signed", new PlainJWT(claims).serialize(), "token_malformed"),
                new Named("the public key as a secret", confused.serialize(), "token_not_accepted"),
                new Named("a key of its own", ISSUER.token(carried, good, c -> {}), "token_not_accepted"),
                new Named(
                        "a signature of something else",
                        parts[0] + "." + parts[1] + "." + parts[0],
                        "token_not_accepted"),
                new Named("no signature", parts[0] + "." + parts[1] + ".", "token_malformed"),
                new Named("another route", ISSUER.token(audience("other"), c -> {}), "wrong_audience"),
                new Named("a longer audience", ISSUER.token(good + "/", c -> {}), "wrong_audience"),
                new Named("no audience", ISSUER.token("x", c -> c.audience((String) null)), "wrong_audience"),
                new Named(
                        "expired",
                        token(
                                good,
                                c -> c.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                        "token_expired"),
                new Named("for ever", token(good, c -> c.expirationTime(null)), "claims_not_accepted"),
                new Named(
                        "not yet",
                        token(good, c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(60)))),
                        "token_expired"),
                new Named("nobody", token(good, c -> c.subject(null)), "claims_not_accepted"),
                new Named("another issuer", token(good, c -> c.issuer("https://evil.example")), "wrong_issuer"),
                new Named(
                        "an id token of logout",
                        ISSUER.token(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(ISSUER.key().getKeyID())
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                good,
                                c -> {}),
                        "token_not_accepted"),
                new Named("huge", token(good, c -> c.claim("x", "y".repeat(20_000))), "token_malformed"),
                new Named("no token", "abc", "token_malformed"),
                new Named(
                        "a workload of somebody else",
                        CI.token(good, c -> c.claim("repository", "evil/x").claim("ref", "refs/heads/main")),
                        "claims_not_accepted"),
                new Named(
                        "a workload's branch",
                        CI.token(good, c -> c.claim("repository", "acme/x").claim("ref", "refs/heads/y")),
                        "claims_not_accepted"));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void badTokenIsRefusedAndRecordedWithoutIt(Named bad) throws Exception {
        // When, with room for its head
        var answer = call("guarded", "Authorization: Bearer " + bad.token());

        // Then
        assertRefused(answer, 401, bad.reason());
        assertThat(answer.header("www-authenticate").orElse("")).contains("error=\"invalid_token\"");
        assertThat(record(answer).toString()).doesNotContain(bad.token());
    }

    @Test
    void workloadThatSaysAllThatIsDemandedIsKnown() throws Exception {
        var token = CI.token(
                audience("guarded"), c -> c.claim("repository", "acme/x").claim("ref", "refs/heads/main"));
        assertThat(call("guarded", "Authorization: Bearer " + token).status()).isEqualTo(200);
    }

    @Test
    void issuerThatCannotBeAskedIsAReasonOfItsOwn() throws Exception {
        for (var issuer : List.of(ABSENT, LIAR, REDIRECTING, HOARDER)) {
            var answer = call("guarded", "Authorization: Bearer " + issuer.token(audience("guarded"), c -> {}));
            assertRefused(answer, 503, "issuer_unreachable");
        }
        // Known tokens of others are not touched by that.
        assertThat(call("guarded", "Authorization: Bearer " + ISSUER.token(audience("guarded"), c -> {}))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YTpi",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer a, Bearer b",
                "Digest x=y",
                "pck_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void otherAuthorizationsIdentifyNobody(String value) throws Exception {
        var answer = call("guarded", "Authorization: " + value);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("pck_");
    }

    @Test
    void repeatedAuthorizationIsNoRequest() throws Exception {
        assertRefused(call("guarded", "Authorization: Bearer a\r\nAuthorization: Bearer b"), 400, "bad_http");
        assertRefused(call("passing", "Authorization: Bearer a\r\nauthorization: Bearer b"), 400, "bad_http");
    }

    @Test
    void tokenInTheQueryLeadsNowhere() throws Exception {
        var answer = proxy.exchange(post("/mcp/guarded?access_token=abc", "X-Nothing: 1"));
        assertRefused(answer, 404, "unknown_path");
        assertThat(record(answer).toString()).doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer  %s", "Token %s", "%s", "Basic %s"})
    void keyOfTheGatewayIsNotPassedThrough(String form) throws Exception {
        // Given
        var key = ApiKey.generate().reveal();
        var shown = form.startsWith("Basic")
                ? Base64.getEncoder().encodeToString(("user:" + key).getBytes(StandardCharsets.US_ASCII))
                : key;

        // When
        var answer = call("passing", "Authorization: " + form.formatted(shown));

        // Then
        assertRefused(answer, 401, "key_not_forwarded");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void passedThroughTokenOfAKnownIssuerSaysWhoItIs() throws Exception {
        // Given
        var token = ISSUER.token("http://127.0.0.1:" + upstream.port() + "/v1", c -> {});

        // When
        var known = call("passing", "Authorization: Bearer " + token);
        var unknown = call("passing", "Authorization: Bearer opaque");
        var bad = call("passing", "Authorization: Bearer " + ISSUER.token("https://else.example", c -> {}));

        // Then
        assertThat(known.status()).isEqualTo(200);
        assertThat(record(known).get("caller")).isEqualTo("corp:alice");
        assertThat(record(known).get("caller_kind")).isEqualTo("passthrough");
        assertThat(record(known).get("caller_verified")).isEqualTo(true);
        assertThat((String) record(unknown).get("caller")).startsWith("token:");
        assertThat(record(unknown).get("caller_verified")).isEqualTo(false);
        assertRefused(bad, 401, "wrong_audience");
    }

    record Named(String name, String token, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String token(String audience, Consumer<JWTClaimsSet.Builder> changes) {
        return ISSUER.token(audience, changes);
    }

    private static String audience(String route) {
        return "http://gateway.example/mcp/" + route;
    }

    private static void awaitKey(String key) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> call("guarded", "Authorization: Bearer " + key).status() == 200);
    }

    private static RawMessage call(String route, String header) {
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

    private static String post(String path, String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n" + header
                + "\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL;
    }

    private static String get(String route, String header) {
        return "GET /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\nAccept: text/event-stream\r\n"
                + "MCP-Protocol-Version: 2025-11-25\r\n" + header + "\r\n\r\n";
    }

    private static Record record(RawMessage answer) {
        return proxy.record(answer.header("portcullis-exchange").orElseThrow());
    }

    private static String withoutExchange(RawMessage answer) {
        return answer.body().replace(answer.header("portcullis-exchange").orElseThrow(), "")
                + answer.header("www-authenticate").orElse("");
    }

    private static void assertRefused(RawMessage answer, int status, String reason) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
        assertThat(record(answer).get("refusal")).isEqualTo(reason);
        assertThat(answer.header("www-authenticate").isPresent()).isEqualTo(status == 401);
    }
}
