package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.sandbox.oauth.Fault;
import dev.portcullis.sandbox.oauth.SandboxOAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Each fault as a client meets it.
class OAuthFaultTest {

    private final MovingClock clock = new MovingClock();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Test
    void metadataNamesAnotherIssuer() throws Exception {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.ISSUER_MISMATCH));

        // When
        var resource = OAuthVisitor.json(visitor.get("/.well-known/oauth-protected-resource/v1"));
        var metadata = OAuthVisitor.json(visitor.get("/.well-known/oauth-authorization-server/auth"));

        // Then
        var claimed = visitor.at("/identity");
        assertThat(resource).containsEntry("authorization_servers", List.of(visitor.issuer()));
        assertThat(metadata).containsEntry("issuer", claimed);
        var client = visitor.registered();
        assertThat(OAuthVisitor.returned(visitor.authorize(visitor.authorization(client))))
                .containsEntry("iss", List.of(claimed));
        var token = visitor.signedIn(client).access();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getIssuer()).isEqualTo(claimed);
        assertThat(visitor.initialize(token).statusCode()).isEqualTo(200);
    }

    @Test
    void goodTokenIsOfTheWrongRegion() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.WRONG_REGION));

        // When
        var refused = visitor.initialize(visitor.machineToken());

        // Then
        assertThat(challenge(refused)).contains("invalid_token", "signature").doesNotContain("region");
    }

    @Test
    void clientsCannotRegister() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.NO_REGISTRATION));

        // When
        var refused = visitor.register("{\"redirect_uris\":[\"http://127.0.0.1/\"]}");

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(OAuthVisitor.error(refused)).isEqualTo("access_denied");
    }

    @Test
    void signInIsRefused() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.LOGIN_REFUSED));

        // When
        var returned = OAuthVisitor.returned(visitor.authorize(visitor.authorization(visitor.registered())));

        // Then
        assertThat(returned).containsEntry("error", List.of("access_denied")).doesNotContainKey("code");
    }

    @Test
    void tokenRequestsAreLimitedByClientWhicheverEndpointTheyUse() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.TOKEN_LIMIT, 2));
        var client = visitor.registered();
        assertThat(visitor.clientCredentials("sandbox-client", "sandbox-secret").statusCode())
                .isEqualTo(200);
        assertThat(visitor.portToken("sandbox-client", "sandbox-secret").statusCode())
                .isEqualTo(200);

        // When
        clock.advance(Duration.ofMinutes(5));
        var oauth = visitor.clientCredentials("sandbox-client", "sandbox-secret");
        var port = visitor.portToken("sandbox-client", "sandbox-secret");

        // Then
        for (var refused : List.of(oauth, port)) {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("600");
        }
        assertThat(visitor.signedIn(client).access()).isNotEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(visitor.machineToken()).isNotEmpty();
    }

    @Test
    void fiftyTokenRequestsAreTheUsualLimit() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.TOKEN_LIMIT));
        for (var number = 1; number <= 50; number++) {
            assertThat(visitor.portToken("sandbox-client", "wrong").statusCode())
                    .isEqualTo(401);
        }

        // When
        var refused = visitor.portToken("sandbox-client", "wrong");

        // Then
        assertThat(refused.statusCode()).isEqualTo(429);
    }

    @Test
    void tokenComesLate() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.SLOW_TOKEN, 300));

        // When
        var begin = System.nanoTime();
        visitor.machineToken();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void tokenLivesSeconds() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.SHORT_TOKENS));
        var answer = visitor.clientCredentials("sandbox-client", "sandbox-secret");
        var token = OAuthVisitor.tokens(answer).access();
        assertThat(OAuthVisitor.json(answer)).containsEntry("expires_in", 3L);
        assertThat(visitor.initialize(token).statusCode()).isEqualTo(200);

        // When
        clock.advance(Duration.ofSeconds(3));

        // Then
        assertThat(challenge(visitor.initialize(token))).contains("invalid_token");
    }

    @Test
    void refreshTokenUsedTwiceEndsTheSignIn() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.REFRESH_RACE));
        var client = visitor.registered();
        var first = visitor.signedIn(client).refresh();
        var second = OAuthVisitor.tokens(visitor.refresh(client, first));

        // When
        var refused = visitor.refresh(client, first);

        // Then
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_grant");
        assertThat(OAuthVisitor.error(visitor.refresh(client, second.refresh())))
                .isEqualTo("invalid_grant");
        assertThat(challenge(visitor.initialize(second.access()))).contains("invalid_token");
    }

    @Test
    void unknownResourceIsNoTarget() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.STRICT_RESOURCE));

        // When
        var returned = OAuthVisitor.returned(visitor.authorize(visitor.authorization(visitor.registered())));
        var refused = visitor.token(Map.of(
                "grant_type", "client_credentials",
                "client_id", "sandbox-client",
                "client_secret", "sandbox-secret",
                "resource", "https://gateway.example/mcp/port-eu"));

        // Then
        assertThat(returned).containsEntry("error", List.of("invalid_target"));
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_target");
    }

    @Test
    void tokenIsForTheResourceThatIsKnown() throws Exception {
        // Given
        var gateway = "https://gateway.example/mcp/port-eu";
        var visitor =
                visitor(SandboxOAuth.STANDARD.withResources(List.of(gateway)).with(Fault.STRICT_RESOURCE));

        // When
        var client = visitor.registered();
        var viaGateway = visitor.signedIn(client).access();
        var directly = new HashMap<>(visitor.authorization(client));
        directly.put("resource", visitor.at("/v1"));
        var code =
                OAuthVisitor.returned(visitor.authorize(directly)).get("code").getFirst();
        var own = OAuthVisitor.tokens(visitor.exchange(client, code)).access();

        // Then
        assertThat(SignedJWT.parse(viaGateway).getJWTClaimsSet().getAudience()).containsExactly(gateway);
        assertThat(SignedJWT.parse(own).getJWTClaimsSet().getAudience()).containsExactly(visitor.at("/v1"));
        assertThat(SignedJWT.parse(visitor.machineToken()).getJWTClaimsSet().getAudience())
                .containsExactly(visitor.at("/v1"));
        assertThat(visitor.initialize(viaGateway).statusCode()).isEqualTo(200);
        assertThat(visitor.initialize(own).statusCode()).isEqualTo(200);
    }

    @Test
    void machinesTokenIsRevokedBeforeItsTime() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.REVOKE_AFTER, 2));
        var machine = visitor.machineToken();
        var person = visitor.signedIn(visitor.registered()).access();
        for (var number = 1; number <= 2; number++) {
            assertThat(visitor.initialize(machine).statusCode()).isEqualTo(200);
            assertThat(visitor.initialize(person).statusCode()).isEqualTo(200);
        }

        // When
        var refused = visitor.initialize(machine);

        // Then
        assertThat(challenge(refused)).contains("invalid_token");
        assertThat(visitor.initialize(person).statusCode()).isEqualTo(200);
        assertThat(visitor.initialize(visitor.machineToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenOfPortsOwnEndpointIsRefused() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.API_TOKEN_REFUSED));
        var token = (String) OAuthVisitor.json(visitor.portToken("sandbox-client", "sandbox-secret"))
                .get("accessToken");

        // When
        var refused = visitor.initialize(token);

        // Then
        assertThat(challenge(refused)).contains("invalid_token");
        assertThat(visitor.initialize(visitor.machineToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void everybodyIsForbidden() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.ADDRESS_REFUSED));

        // When
        var refused = visitor.initialize(visitor.machineToken());

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("www-authenticate")).isEmpty();
        assertThat(refused.body()).contains("IP not whitelisted");
    }

    @Test
    void bearerIsOneOfManyChallenges() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.MANY_CHALLENGES));

        // When
        var fields = visitor.get("/v1").headers().allValues("www-authenticate");

        // Then
        assertThat(fields)
                .containsExactly(
                        "Negotiate",
                        "Basic realm=\"Port, the \\\"sandbox\\\" edition\", charset=\"UTF-8\","
                                + " Bearer resource_metadata=\""
                                + visitor.at("/.well-known/oauth-protected-resource/v1")
                                + "\", scope=\"mcp\", NTLM TlRMTVNTUAAB==",
                        "DPoP algs=\"ES256 RS256\", error_description=\"a comma, a \\\\, and"
                                + " Bearer resource_metadata=\\\"http://elsewhere.example/\\\"\"");
    }

    @Test
    void refusalMayLackAChallenge() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.CHALLENGE_LESS_401));

        // When
        var refused = visitor.get("/v1");

        // Then
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).isEmpty();
    }

    @Test
    void errorsArePages() {
        // Given
        var visitor = visitor(SandboxOAuth.STANDARD.with(Fault.HTML_ERRORS));

        // When
        var refused = List.of(
                visitor.get("/v1"),
                visitor.clientCredentials("sandbox-client", "wrong"),
                visitor.register("{}"),
                visitor.portToken("sandbox-client", "wrong"));

        // Then
        for (var page : refused) {
            assertThat(page.statusCode()).isBetween(400, 401);
            assertThat(page.headers().allValues("content-type")).containsExactly("text/html;charset=UTF-8");
            assertThat(page.body()).startsWith("<!DOCTYPE html>");
        }
        assertThat(challenge(refused.getFirst())).startsWith("Bearer ");
        assertThat(visitor.machineToken()).isNotEmpty();
    }

    private OAuthVisitor visitor(SandboxOAuth options) {
        var server = SandboxServer.start(SandboxClient.loopback(0), clock, options);
        running.push(server);
        var visitor = new OAuthVisitor(server);
        running.push(visitor);
        return visitor;
    }

    private static String challenge(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
        return refused.headers().firstValue("www-authenticate").orElseThrow();
    }
}
