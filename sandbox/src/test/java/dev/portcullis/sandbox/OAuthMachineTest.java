package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.configuration.Secret;
import dev.portcullis.sandbox.oauth.MachineClient;
import dev.portcullis.sandbox.oauth.SandboxOAuth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// A program's two ways to a token.
class OAuthMachineTest {

    private static final String ID = "ci";
    private static final String SECRET = "s3cr&t of CI";
    private static final SandboxOAuth OPTIONS = SandboxOAuth.STANDARD
            .withMachine(new MachineClient(ID, new Secret(SECRET)))
            .withAudience("https://api.port.test");

    private static final SandboxServer server = SandboxServer.start(SandboxClient.loopback(0), OPTIONS);
    private static final OAuthVisitor visitor = new OAuthVisitor(server);

    @AfterAll
    static void stop() {
        visitor.close();
        server.close();
    }

    @Test
    void clientCredentialsGiveAMachinesToken() throws Exception {
        // When
        var answer = OAuthVisitor.json(visitor.clientCredentials(ID, SECRET));

        // Then
        var token = (String) answer.get("access_token");
        assertThat(answer)
                .containsEntry("expires_in", 10_800L)
                .containsEntry("token_type", "Bearer")
                .doesNotContainKey("refresh_token");
        assertThat(visitor.initialize(token).statusCode()).isEqualTo(200);
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getBooleanClaim("isMachine")).isTrue();
        assertThat(claims.getSubject()).isEqualTo(ID);
        assertThat(claims.getAudience()).containsExactly("https://api.port.test");
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(10_800_000);
    }

    @Test
    void portsDocumentedAddressGivesTheSame() {
        var form = "grant_type=client_credentials&client_id=ci&client_secret=s3cr%26t+of+CI";
        var answer = visitor.post("/v1/token", "application/x-www-form-urlencoded", form);
        assertThat(visitor.initialize(OAuthVisitor.tokens(answer).access()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void portsOwnEndpointSpeaksJson() throws Exception {
        // When
        var answer = OAuthVisitor.json(visitor.portToken(ID, SECRET));

        // Then
        assertThat(answer)
                .containsEntry("ok", true)
                .containsEntry("expiresIn", 10_800L)
                .containsEntry("tokenType", "Bearer");
        var token = (String) answer.get("accessToken");
        assertThat(visitor.initialize(token).statusCode()).isEqualTo(200);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getBooleanClaim("isMachine"))
                .isTrue();
    }

    @Test
    void wrongCredentialsAreRefused() {
        assertThat(OAuthVisitor.error(visitor.clientCredentials(ID, "wrong"))).isEqualTo("invalid_client");
        assertThat(OAuthVisitor.error(visitor.clientCredentials("sandbox-client", SECRET)))
                .isEqualTo("invalid_client");
        assertThat(OAuthVisitor.error(visitor.portToken(ID, "wrong"))).isEqualTo("invalid_credentials");
    }

    @Test
    void registeredClientIsNoMachine() {
        // Given
        var registered =
                OAuthVisitor.json(visitor.register("{\"redirect_uris\":[\"%s\"]}".formatted(OAuthVisitor.REDIRECT)));

        // When
        var refused = visitor.clientCredentials(
                (String) registered.get("client_id"), (String) registered.get("client_secret"));

        // Then
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "{\"clientId\":\"ci\"}", "{\"clientId\":1,\"clientSecret\":2}", "[]"})
    void malformedRequestIsUnprocessable(String body) {
        var answer = visitor.post("/v1/auth/access_token", "application/json", body);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(OAuthVisitor.json(answer)).containsEntry("ok", false);
    }

    @Test
    void revokedTokenIsChallengedAndAnotherIsGood() {
        // Given
        var token = OAuthVisitor.tokens(visitor.clientCredentials(ID, SECRET)).access();

        // When
        server.revokeTokens();

        // Then
        var refused = visitor.initialize(token);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate").orElseThrow())
                .contains("invalid_token");
        var another = OAuthVisitor.tokens(visitor.clientCredentials(ID, SECRET)).access();
        assertThat(visitor.initialize(another).statusCode()).isEqualTo(200);
    }

    @Test
    void secretMayBeShownInTheHeader() {
        var basic = Base64.getEncoder().encodeToString("ci:s3cr%26t+of+CI".getBytes(StandardCharsets.US_ASCII));
        var answer = visitor.token(Map.of("grant_type", "client_credentials"), "Authorization", "Basic " + basic);
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
