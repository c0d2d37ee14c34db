package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.RSAKey;
import dev.portcullis.acceptance.provider.Accounts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Callers that a real identity provider vouches for, and keys, on two replicas: who gets in, who does not,
/// and what is on record of it.
class IdentityProviderIT {
    private static final String TOOLS = GuardedParts.url("tools");

    @TempDir
    private static Path folder;

    private static GuardedParts parts;
    private static RunningProvider provider;
    private static UpstreamServer upstream;
    private static RawClient first;
    private static RawClient second;
    private static String alicesToken = "";

    @BeforeAll
    static void start() throws Exception {
        parts = GuardedParts.start(folder);
        provider = parts.provider();
        upstream = parts.upstream();
        first = parts.first();
        second = parts.second();
        alicesToken = provider.tokenOf("alice", TOOLS);
    }

    @AfterAll
    static void stop() throws Exception {
        parts.close();
        assertThat(parts.secretsInLogs())
                .containsExactlyInAnyOrder(
                        // The console shows the first token when it starts for the first time.
                        "guarded-console.log: admin token",
                        // Who makes a key sees it, this once.
                        "guarded-key-create.log: key");
    }

    @Test
    void personSignsInWhereTheChallengeLeads() {
        // Given
        var refused = first.call("tools", "look");
        assertThat(refused.status()).isEqualTo(401);
        parts.assertRefusal(refused, "no_credential");
        var metadataUrl = GuardedParts.PUBLIC_URL + "/.well-known/oauth-protected-resource/mcp/tools";
        assertThat(refused.header("WWW-Authenticate").orElse(""))
                .startsWith("Bearer resource_metadata=\"" + metadataUrl + "\"");
        var metadata = first.get(URI.create(metadataUrl).getPath()).json();
        assertThat(metadata.required("resource").asString()).isEqualTo(TOOLS);
        var issuer = metadata.required("authorization_servers").required(0).asString();

        // When
        var token = new SignIn(issuer)
                .tokenOf("alice", metadata.required("resource").asString());
        var answer = first.call("tools", "deploy", "Authorization: bearer " + token);

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("done");
        var record = parts.recordOf(answer);
        assertThat(record.required("caller").asString()).isEqualTo("corp:alice");
        assertThat(record.required("caller_kind").asString()).isEqualTo("bearer");
        assertThat(texts(record.required("caller_groups"))).containsExactly("developers");
        assertThat(record.required("outcome").asString()).isEqualTo("succeeded");
        assertThat(upstream.received()).noneMatch(request -> request.contains(signatureOf(token)));
    }

    @Test
    void ruleByGroupBites() {
        var authorization = "Authorization: Bearer " + provider.tokenOf("carol", TOOLS);

        assertThat(first.call("tools", "look", authorization).body()).contains("done");
        var denied = first.call("tools", "deploy", authorization);

        assertThat(denied.json().required("result").required("isError").asBoolean())
                .isTrue();
        var record = parts.recordOf(denied);
        assertThat(record.required("caller").asString()).isEqualTo("corp:carol");
        assertThat(texts(record.required("caller_groups"))).containsExactly("contractors");
        assertThat(texts(record.required("rules"))).containsExactly("contractors-do-not-deploy");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void badTokenIsRefusedAndRecordedWithoutIt(int status, String refusal, Callable<String> made) throws Exception {
        // Given
        var token = made.call();

        // When
        var answer = first.call("tools", "look", "Authorization: Bearer " + token);

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("WWW-Authenticate").orElse(""))
                .startsWith("Bearer resource_metadata=\"" + GuardedParts.PUBLIC_URL)
                .contains("error=\"invalid_token\"");
        parts.assertRefusal(answer, refusal);
        assertThat(answer + parts.recordOf(answer).toString()).doesNotContain(payloadOf(token));
    }

    static Stream<Arguments> badTokens() {
        var forged = new ForgedToken(alicesToken);
        return Stream.of(
                bad(
                        "for another route",
                        401,
                        "wrong_audience",
                        () -> provider.tokenOf("alice", GuardedParts.url("other"))),
                bad("of another tenant", 401, "wrong_issuer", () -> provider.strangersToken(TOOLS)),
                bad("unsigned", 401, "token_malformed", forged::withoutSignature),
                bad(
                        "under the public key",
                        401,
                        "token_not_accepted",
                        () -> forged.signedWithPublicKey(publishedKey())),
                bad("about somebody else", 401, "token_not_accepted", () -> forged.aboutSomebodyElse("root")),
                bad("huge", 401, "token_malformed", () -> alicesToken + "A".repeat(20_000)),
                bad("joined with another", 401, "token_malformed", () -> alicesToken + ", Bearer " + alicesToken),
                bad("opaque", 401, "token_malformed", () -> "0123456789abcdef0123456789abcdef"));
    }

    @Test
    void tokenCountsInOneHeaderFieldOnly() {
        var authorization = "Authorization: Bearer " + alicesToken;
        var middle = authorization.length() / 2;

        var repeated = first.call("tools", "look", authorization, authorization);
        var folded =
                first.call("tools", "look", authorization.substring(0, middle), " " + authorization.substring(middle));
        var inQuery = first.post(
                "/mcp/tools?access_token=" + alicesToken, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        var elsewhere = first.call("tools", "look", "Proxy-" + authorization, "X-Api-Key: " + alicesToken);

        assertThat(List.of(repeated.status(), folded.status(), inQuery.status(), elsewhere.status()))
                .containsExactly(400, 401, 404, 401);
        parts.assertRefusal(repeated, "bad_http");
        parts.assertRefusal(folded, "token_malformed");
        parts.assertRefusal(inQuery, "unknown_path");
        parts.assertRefusal(elsewhere, "no_credential");
        for (var answer : List.of(repeated, folded, inQuery, elsewhere)) {
            assertThat(answer + parts.recordOf(answer).toString()).doesNotContain(signatureOf(alicesToken));
        }
    }

    @Test
    void tokenIsGoodUntilItExpires() {
        var authorization = "Authorization: Bearer " + provider.hastyToken(TOOLS);
        assertThat(first.call("tools", "look", authorization).status()).isEqualTo(200);

        var expired = Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> first.call("tools", "look", authorization), answer -> answer.status() != 200);

        assertThat(expired.status()).isEqualTo(401);
        parts.assertRefusal(expired, "token_expired");
    }

    @Test
    void newKeysOfTheProviderArePickedUp() {
        // Given
        assertThat(first.call("tools", "look", "Authorization: Bearer " + alicesToken)
                        .status())
                .isEqualTo(200);
        var neverShown = provider.tokenOf("carol", TOOLS);

        // When
        provider.rotateKeys();

        // Then
        alicesToken = provider.tokenOf("alice", TOOLS);
        assertThat(first.call("tools", "look", "Authorization: Bearer " + alicesToken)
                        .status())
                .isEqualTo(200);
        var old = first.call("tools", "look", "Authorization: Bearer " + neverShown);
        assertThat(old.status()).isEqualTo(401);
        parts.assertRefusal(old, "token_not_accepted");
    }

    @Test
    void keysOutliveTheirProviderForAWhile() throws Exception {
        // Given
        var authorization = "Authorization: Bearer " + provider.tokenOf("alice", TOOLS);
        assertThat(second.call("tools", "look", authorization).status()).isEqualTo(200);
        var carol = "Authorization: Bearer " + provider.tokenOf("carol", TOOLS);
        var unknown = new ForgedToken(alicesToken).signedWithUnknownKey();

        // When
        provider.stop();
        try {
            // Then
            assertThat(second.call("tools", "look", carol).status()).isEqualTo(200);
            var refused = second.call("tools", "look", "Authorization: Bearer " + unknown);
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.header("WWW-Authenticate")).isEmpty();
            parts.assertRefusal(refused, "issuer_unreachable");
        } finally {
            provider.restart();
        }
        var back = "Authorization: Bearer " + provider.tokenOf("carol", TOOLS);
        assertThat(second.call("tools", "look", back).status()).isEqualTo(200);
    }

    @Test
    void revokedKeyEndsCallsAndStreamsOnEveryReplica() {
        // Given
        var key = parts.createKey("ci", "--route=tools", "--group=contractors");
        var authorization = "Authorization: Bearer " + key;
        var streams = new ArrayList<CompletableFuture<Instant>>();
        for (var replica : List.of(first, second)) {
            var answer = replica.call("tools", "deploy", authorization);
            assertThat(texts(parts.recordOf(answer).required("rules"))).containsExactly("contractors-do-not-deploy");
            assertThat(parts.recordOf(answer).required("caller").asString()).isEqualTo("key:ci");
            parts.assertRefusal(replica.call("other", "look", authorization), "key_not_accepted");
            streams.add(replica.openStream("tools", List.of(authorization)));
        }
        assertThat(parts.portcullis("key", "list")).contains("ci  pck_").doesNotContain(key);

        // When
        parts.portcullis("key", "revoke", "ci");

        // Then
        var revokedAt = Instant.parse(parts.api()
                .get("/api-keys?all=true")
                .required("items")
                .required(0)
                .required("revokedAt")
                .asString());
        assertThat(streams)
                .allSatisfy(ended -> assertThat(ended)
                        .succeedsWithin(Duration.ofSeconds(5))
                        .satisfies(at ->
                                assertThat(Duration.between(revokedAt, at)).isLessThan(Duration.ofSeconds(1))));
        for (var replica : List.of(first, second)) {
            var refused = replica.call("tools", "look", authorization);
            assertThat(refused.status()).isEqualTo(401);
            parts.assertRefusal(refused, "key_not_accepted");
        }
        assertThat(parts.portcullis("key", "list")).contains("There is no key.");
    }

    @Test
    void upstreamGetsTheGatewaysOwnToken() throws Exception {
        // Given
        var secret = Files.writeString(folder.resolve("client-secret"), Accounts.GATEWAYS_SECRET);
        parts.portcullis(
                "credential",
                "set",
                "provider",
                "--kind=client_credentials",
                "--endpoint=" + provider.tokenEndpoint(),
                "--client-id=" + Accounts.GATEWAY,
                "--resource=" + upstream.at("/guarded"),
                "--upstream=" + upstream.at(""),
                "--secret-file=" + secret);
        var key = provider.tokenOf("alice", GuardedParts.url("guarded"));

        // When
        var answer = Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(
                        () -> first.call("guarded", "look", "Authorization: Bearer " + key, "X-Mine: " + key),
                        called -> called.status() == 200);

        // Then
        assertThat(answer.body()).contains("done");
        assertThat(upstream.callers()).contains(Accounts.GATEWAY).doesNotContain("alice");
        assertThat(upstream.received()).noneMatch(request -> request.contains(signatureOf(key)));
        assertThat(parts.recordOf(answer).required("caller").asString()).isEqualTo("corp:alice");
    }

    @Test
    void jobsAreKnownByTheirRepository() {
        var ours = first.call("tools", "look", "Authorization: Bearer " + provider.jobsToken("acme/app", TOOLS));
        var theirs = first.call("tools", "look", "Authorization: Bearer " + provider.jobsToken("evil/app", TOOLS));

        assertThat(ours.status()).as(ours.body()).isEqualTo(200);
        var record = parts.recordOf(ours);
        assertThat(record.required("caller").asString()).isEqualTo("actions:repo:acme/app:ref:refs/heads/main");
        assertThat(texts(record.required("caller_groups"))).containsExactly("ci");
        assertThat(theirs.status()).isEqualTo(401);
        parts.assertRefusal(theirs, "claims_not_accepted");
    }

    private static Arguments bad(String what, int status, String refusal, Callable<String> token) {
        return argumentSet(what, status, refusal, token);
    }

    private static RSAKey publishedKey() throws ParseException {
        return JWKSet.parse(provider.get(provider.keys()).toString()).getKeys().stream()
                .filter(key -> key.getKeyType().equals(KeyType.RSA))
                .findFirst()
                .orElseThrow()
                .toRSAKey();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static String payloadOf(String token) {
        return token.split("\\.")[token.contains(".") ? 1 : 0];
    }

    private static String signatureOf(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
