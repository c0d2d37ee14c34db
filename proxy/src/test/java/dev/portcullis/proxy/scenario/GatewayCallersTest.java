package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.secrets.ApiKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Who may talk to a route with `authentication: gateway`, and what those are told who may not.
class GatewayCallersTest {
    private static GuardedRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new GuardedRoutes();
    }

    @AfterAll
    static void stop() throws IOException {
        routes.close();
    }

    @Test
    void keyIsGoodForItsRouteAndNeverTravelsOn() throws Exception {
        // Given
        var key = routes.proxy
                .addKey("alice", new String[] {"guarded"}, new String[0], null)
                .reveal();
        routes.awaitKey(key);

        // When
        var answered = routes.call("guarded", "Authorization: bearer " + key);

        // Then
        assertThat(answered.status()).isEqualTo(200);
        assertThat(routes.upstream.received().getLast().toString())
                .doesNotContain("pck_")
                .doesNotContainIgnoringCase("authorization");
        var record = routes.record(answered);
        assertThat(record.get("caller")).isEqualTo("key:alice");
        assertThat(record.get("caller_kind")).isEqualTo("api_key");
        assertThat(record.get("caller_name")).isEqualTo("alice");
        assertThat(record.get("caller_verified")).isEqualTo(true);
        assertThat((String[]) record.get("caller_groups")).containsExactly("developers");
        routes.assertRefused(routes.call("other", "Authorization: Bearer " + key), 401, "key_not_accepted");
    }

    @Test
    void revokedExpiredForeignAndUnknownKeysLookTheSame() throws Exception {
        // Given
        var good = routes.proxy.addKey("witness", null, new String[0], null).reveal();
        var revoked = routes.proxy.addKey("revoked", null, new String[0], null).reveal();
        routes.proxy.revokeKey("revoked");
        var expired = routes.proxy
                .addKey("expired", null, new String[0], OffsetDateTime.now().minusSeconds(1))
                .reveal();
        var elsewhere = routes.proxy
                .addKey("elsewhere", null, new String[] {"10.0.0.0/8"}, null)
                .reveal();
        routes.awaitKey(good);
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
                .map(key -> routes.call("guarded", "Authorization: Bearer " + key))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> routes.assertRefused(answer, 401, "key_not_accepted"));
        assertThat(answers.stream().map(GuardedRoutes::withoutExchange).distinct())
                .hasSize(1);
        assertThat(routes.proxy.metrics()).contains("portcullis_refusals_total{reason=\"key_not_accepted\"}");
    }

    @Test
    void revocationEndsOpenStreamsWithinASecond() throws Exception {
        // Given
        var key = routes.proxy.addKey("streamer", null, new String[0], null).reveal();
        routes.awaitKey(key);
        routes.upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: hello\nretry: 10\ndata:\n\n", false));
        try (var socket = routes.proxy.connect()) {
            socket.getOutputStream()
                    .write(GuardedRoutes.get("guarded", "Authorization: Bearer " + key)
                            .getBytes("US-ASCII"));
            var in = socket.getInputStream();
            var seen = new StringBuilder();
            while (seen.indexOf("id: hello") < 0) {
                var next = in.read();
                assertThat(next).as(seen.toString()).isNotNegative();
                seen.append((char) next);
            }

            // When
            var begin = System.nanoTime();
            routes.proxy.revokeKey("streamer");
            while (in.read() >= 0) {
                // until the gateway hangs up
            }

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
        routes.assertRefused(routes.call("guarded", "Authorization: Bearer " + key), 401, "key_not_accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void whoShowsNothingIsToldWhereToSignIn(String method) throws Exception {
        // When
        var answer = method.equals("POST")
                ? routes.call("guarded", "X-Nothing: 1")
                : routes.proxy.exchange(method + " /mcp/guarded HTTP/1.1\r\nHost: gateway.example\r\n\r\n");

        // Then
        routes.assertRefused(answer, 401, "no_credential");
        assertThat(answer.header("www-authenticate"))
                .contains(
                        "Bearer resource_metadata=\"http://gateway.example/.well-known/oauth-protected-resource/mcp/guarded\"");
    }

    @Test
    void tokenForThisRouteIsGood() throws Exception {
        // When
        var answer = routes.call(
                "guarded",
                "Authorization: Bearer " + routes.issuer.token(GuardedRoutes.audience("guarded"), claims -> {}));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var record = routes.record(answer);
        assertThat(record.get("caller")).isEqualTo("corp:alice");
        assertThat(record.get("caller_name")).isEqualTo("Alice A.");
        assertThat((String[]) record.get("caller_groups")).containsExactly("everybody", "developers");
        assertThat(routes.upstream.received().getLast().toString()).doesNotContainIgnoringCase("authorization");
    }

    @Test
    void workloadThatSaysAllThatIsDemandedIsKnown() throws Exception {
        var token = routes.ci.token(
                GuardedRoutes.audience("guarded"),
                c -> c.claim("repository", "acme/x").claim("ref", "refs/heads/main"));
        assertThat(routes.call("guarded", "Authorization: Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    void issuerThatCannotBeAskedIsAReasonOfItsOwn() throws Exception {
        for (var issuer : List.of(routes.absent, routes.liar, routes.redirecting, routes.hoarder)) {
            var answer = routes.call(
                    "guarded", "Authorization: Bearer " + issuer.token(GuardedRoutes.audience("guarded"), c -> {}));
            routes.assertRefused(answer, 503, "issuer_unreachable");
        }
        // Known tokens of others are not touched by that.
        assertThat(routes.call(
                                "guarded",
                                "Authorization: Bearer "
                                        + routes.issuer.token(GuardedRoutes.audience("guarded"), c -> {}))
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
        var answer = routes.call("guarded", "Authorization: " + value);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("pck_");
    }

    @Test
    void repeatedAuthorizationIsNoRequest() throws Exception {
        routes.assertRefused(
                routes.call("guarded", "Authorization: Bearer a\r\nAuthorization: Bearer b"), 400, "bad_http");
        routes.assertRefused(
                routes.call("passing", "Authorization: Bearer a\r\nauthorization: Bearer b"), 400, "bad_http");
    }

    @Test
    void tokenInTheQueryLeadsNowhere() throws Exception {
        var answer = routes.proxy.exchange(
                GuardedRoutes.post("/mcp/guarded?access_token=token-in-the-query", "X-Nothing: 1"));
        routes.assertRefused(answer, 404, "unknown_path");
        assertThat(routes.record(answer).toString()).doesNotContain("token-in-the-query");
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
        var answer = routes.call("passing", "Authorization: " + form.formatted(shown));

        // Then
        routes.assertRefused(answer, 401, "key_not_forwarded");
        assertThat(routes.upstream.received()).isEmpty();
    }

    @Test
    void passedThroughTokenOfAKnownIssuerSaysWhoItIs() throws Exception {
        // Given
        var token = routes.issuer.token("http://127.0.0.1:" + routes.upstream.port() + "/v1", c -> {});

        // When
        var known = routes.call("passing", "Authorization: Bearer " + token);
        var unknown = routes.call("passing", "Authorization: Bearer opaque");
        var bad =
                routes.call("passing", "Authorization: Bearer " + routes.issuer.token("https://else.example", c -> {}));

        // Then
        assertThat(known.status()).isEqualTo(200);
        assertThat(routes.record(known).get("caller")).isEqualTo("corp:alice");
        assertThat(routes.record(known).get("caller_kind")).isEqualTo("passthrough");
        assertThat(routes.record(known).get("caller_verified")).isEqualTo(true);
        assertThat((String) routes.record(unknown).get("caller")).startsWith("token:");
        assertThat(routes.record(unknown).get("caller_verified")).isEqualTo(false);
        routes.assertRefused(bad, 401, "wrong_audience");
    }
}
