package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.portcullis.sandbox.oauth.SandboxOAuth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A person's way to tokens, and what tokens open.
class OAuthSignInTest {

    private static final MovingClock clock = new MovingClock();
    private static final AtomicInteger organizations = new AtomicInteger();
    private static final SandboxServer server =
            SandboxServer.start(SandboxClient.loopback(0), clock, SandboxOAuth.STANDARD);

    private OAuthVisitor visitor;

    @AfterAll
    static void stop() {
        server.close();
    }

    /// One server for all; what it remembers is of one organization, and each test has its own.
    @BeforeEach
    void arrive() {
        visitor = new OAuthVisitor(server, "/org-" + organizations.incrementAndGet());
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void personSignsInAndUsesTheSandbox() throws Exception {
        // Given
        var client = visitor.registered();

        // When
        var redirect = OAuthVisitor.returned(visitor.authorize(visitor.authorization(client)));
        var tokens = OAuthVisitor.tokens(
                visitor.exchange(client, redirect.get("code").getFirst()));

        // Then
        assertThat(redirect).containsEntry("state", List.of("st&te")).containsEntry("iss", List.of(visitor.issuer()));
        assertThat(visitor.initialize(tokens.access()).statusCode()).isEqualTo(200);
        var claims = SignedJWT.parse(tokens.access()).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(visitor.issuer());
        assertThat(claims.getAudience()).containsExactly(SandboxOAuth.USUAL_AUDIENCE);
        assertThat(claims.getSubject()).isEqualTo("builder@acme.example");
        assertThat(claims.getClaims()).doesNotContainKey("isMachine");
    }

    @Test
    void signedInClientUsesToolsAndListens() {
        try (var eu = new OAuthVisitor(server, "/port-eu");
                var client = SandboxClient.connect(
                        server, "/port-eu/v1", eu.signedIn(eu.registered()).access())) {
            assertThat(client.call("describe_user_details", Map.of())
                            .object("user")
                            .text("email"))
                    .contains("builder@acme.example");
        }
    }

    @Test
    void schemeMayBeWrittenInAnyCase() {
        var token = visitor.signedIn(visitor.registered()).access();
        assertThat(visitor.endpoint("bEARER   " + token).statusCode()).isEqualTo(400);
    }

    @Test
    void registrationRepeatsWhatWasRegistered() {
        // When
        var answer = visitor.register("""
                {"client_name": "Claude Code", "redirect_uris": ["http://localhost:3118/callback", "cursor://anysphere"],
                 "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
                 "token_endpoint_auth_method": "none", "application_type": "native"}
                """);

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(OAuthVisitor.json(answer))
                .containsEntry("client_name", "Claude Code")
                .containsEntry("application_type", "native")
                .containsEntry("redirect_uris", List.of("http://localhost:3118/callback", "cursor://anysphere"))
                .doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no JSON",
                "{\"redirect_uris\": []}",
                "{\"redirect_uris\": [\"javascript:alert(1)\"]}",
                "{\"redirect_uris\": \"http://127.0.0.1/\"}"
            })
    void registrationWithoutAnAddressIsRefused(String body) {
        assertThat(OAuthVisitor.error(visitor.register(body)).toString()).startsWith("invalid_");
    }

    @Test
    void hugeRegistrationIsNotRead() {
        assertThat(visitor.register("{\"client_name\":\"" + "x".repeat(20_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void clientThatKeepsASecretMustShowIt() {
        // Given
        var registered = OAuthVisitor.json(
                visitor.register("{\"redirect_uris\":[\"%s\"],\"token_endpoint_auth_method\":\"client_secret_post\"}"
                        .formatted(OAuthVisitor.REDIRECT)));
        var client = (String) registered.get("client_id");
        var form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                client,
                "code",
                visitor.code(client),
                "code_verifier",
                visitor.verifier().getValue());

        // When
        var without = visitor.token(form);
        var with = visitor.token(with(form, "client_secret", (String) registered.get("client_secret")));

        // Then
        assertThat(OAuthVisitor.error(without)).isEqualTo("invalid_client");
        assertThat(with.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "redirect_uri, http://127.0.0.1:7777/callback/",
        "redirect_uri, https://evil.example/",
        "client_id, somebody",
        "client_id, ' '",
    })
    void strangersAreNotRedirected(String parameter, String value) {
        var parameters = with(visitor.authorization(visitor.registered()), parameter, value);
        assertThat(OAuthVisitor.error(visitor.authorize(parameters))).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge, '', invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
    })
    void wrongRequestGoesBackToTheClient(String parameter, String value, String error) {
        var parameters = with(visitor.authorization(visitor.registered()), parameter, value);
        assertThat(OAuthVisitor.returned(visitor.authorize(parameters)))
                .containsEntry("error", List.of(error))
                .containsEntry("state", List.of("st&te"))
                .containsEntry("iss", List.of(visitor.issuer()));
    }

    @Test
    void codeIsGoodOnce() {
        // Given
        var client = visitor.registered();
        var code = visitor.code(client);
        visitor.exchange(client, code);

        // When
        var again = visitor.exchange(client, code);

        // Then
        assertThat(OAuthVisitor.error(again)).isEqualTo("invalid_grant");
    }

    @Test
    void codeIsGoodForAMinute() {
        // Given
        var client = visitor.registered();
        var code = visitor.code(client);

        // When
        clock.advance(Duration.ofSeconds(61));

        // Then
        assertThat(OAuthVisitor.error(visitor.exchange(client, code))).isEqualTo("invalid_grant");
    }

    @Test
    void codeIsForTheClientThatAskedForIt() {
        var code = visitor.code(visitor.registered());
        assertThat(OAuthVisitor.error(visitor.exchange(visitor.registered(), code)))
                .isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code_verifier", "redirect_uri"})
    void codeNeedsTheSameProofAndAddress(String parameter) {
        // Given
        var client = visitor.registered();
        var form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                client,
                "code",
                visitor.code(client),
                "redirect_uri",
                OAuthVisitor.REDIRECT,
                "code_verifier",
                visitor.verifier().getValue());

        // When
        var other = parameter.equals("redirect_uri") ? "http://127.0.0.1:1/" : new CodeVerifier().getValue();
        var refused = visitor.token(with(form, parameter, other));

        // Then
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_grant");
    }

    @Test
    void accessTokenLivesThreeHours() {
        // Given
        var token = visitor.signedIn(visitor.registered()).access();

        // When
        clock.advance(Duration.ofSeconds(10_799));
        var before = visitor.initialize(token);
        clock.advance(Duration.ofSeconds(1));
        var after = visitor.initialize(token);

        // Then
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(after.headers().firstValue("www-authenticate").orElseThrow()).contains("error=\"invalid_token\"");
    }

    @Test
    void changedTokenIsNotKnown() throws Exception {
        // Given
        var token = SignedJWT.parse(visitor.signedIn(visitor.registered()).access());
        var longer = new JWTClaimsSet.Builder(token.getJWTClaimsSet())
                .expirationTime(Date.from(clock.instant().plus(Duration.ofDays(1))))
                .build();

        // When
        var forged = new SignedJWT(
                token.getHeader().toBase64URL(), longer.toPayload().toBase64URL(), token.getSignature());

        // Then
        assertThat(visitor.initialize(token.serialize()).statusCode()).isEqualTo(200);
        assertThat(visitor.initialize(forged.serialize()).statusCode()).isEqualTo(401);
    }

    @Test
    void tokenOfOneOrganizationDoesNotOpenAnother() {
        try (var eu = new OAuthVisitor(server, "/port-eu");
                var us = new OAuthVisitor(server, "/port-us")) {
            // Given
            var token = eu.signedIn(eu.registered()).access();

            // When
            var refused = us.initialize(token);

            // Then
            assertThat(eu.initialize(token).statusCode()).isEqualTo(200);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("www-authenticate").orElseThrow())
                    .contains("/port-us/v1\"", "error=\"invalid_token\"");
        }
    }

    @Test
    void tokenOfAnotherSandboxIsNotKnown() {
        try (var other = SandboxServer.start(SandboxClient.loopback(0), clock, SandboxOAuth.STANDARD);
                var guest = new OAuthVisitor(other)) {
            assertThat(visitor.initialize(guest.machineToken()).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokedTokenIsRefusedWithAllOfItsSignIn(boolean isRefreshToken) {
        // Given
        var client = visitor.registered();
        var tokens = visitor.signedIn(client);
        var others = visitor.signedIn(client);

        // When
        var revoked = visitor.revoke(client, isRefreshToken ? tokens.refresh() : tokens.access());

        // Then
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(visitor.initialize(tokens.access()).statusCode()).isEqualTo(401);
        assertThat(OAuthVisitor.error(visitor.refresh(client, tokens.refresh())))
                .isEqualTo("invalid_grant");
        assertThat(visitor.initialize(others.access()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=",
                "grant_type=password&username=a&password=b&client_id=c",
                "grant_type=authorization_code",
                "grant_type=refresh_token&refresh_token=.&client_id=c",
                "grant_type=refresh_token&refresh_token=%zz&client_id=c",
                "grant_type=client_credentials&client_id=%00"
            })
    void malformedTokenRequestIsAnErrorOfTheProtocol(String form) {
        var answer = visitor.post("/auth/token", "application/x-www-form-urlencoded", form);
        assertThat(OAuthVisitor.error(answer)).isInstanceOf(String.class);
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var others = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            others.remove(name);
        } else {
            others.put(name, value);
        }
        return others;
    }
}
