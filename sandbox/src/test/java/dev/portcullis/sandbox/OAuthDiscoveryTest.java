package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.sandbox.oauth.SandboxOAuth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;

/// What a client finds out without a token.
class OAuthDiscoveryTest {

    private static final SandboxServer server = SandboxServer.start(SandboxClient.loopback(0), SandboxOAuth.STANDARD);
    private static final OAuthVisitor visitor = new OAuthVisitor(server);

    @AfterAll
    static void stop() {
        visitor.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "PUT"})
    void everyMethodIsChallenged(String method) {
        // When
        var answer = visitor.send(method, "/port-eu/v1");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("www-authenticate"))
                .containsExactly("Bearer resource_metadata=\""
                        + visitor.at("/.well-known/oauth-protected-resource/port-eu/v1") + "\", scope=\"mcp\"");
        assertThat(OAuthVisitor.json(answer)).containsEntry("ok", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic c2FuZGJveA==", "Bearer", "Bearer a b", "Bearer ä", "DPoP abc"})
    void whatIsNoBearerTokenCountsAsNone(String authorization) {
        var answer = visitor.get("/v1", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate").orElseThrow())
                .doesNotContain("error=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."})
    void unknownTokenIsInvalid(String token) {
        var answer = visitor.initialize(token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate").orElseThrow())
                .startsWith("Bearer resource_metadata=")
                .contains("error=\"invalid_token\"");
    }

    @Test
    void tokenInTheQueryDoesNotCount() {
        assertThat(visitor.get("/v1?access_token=" + visitor.machineToken()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void twoTokensAreNone() {
        var token = "Bearer " + visitor.machineToken();
        var answer = visitor.get("/v1", "Authorization", token, "Authorization", token);
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void resourceMetadataStandsAtBothPlaces() {
        for (var path : List.of("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/v1")) {
            var document = OAuthVisitor.json(visitor.get(path));
            assertThat(document)
                    .containsEntry("resource", visitor.at("/v1"))
                    .containsEntry("authorization_servers", List.of(visitor.at("/auth")));
        }
        assertThat(OAuthVisitor.json(visitor.get("/.well-known/oauth-protected-resource/port-eu/v1")))
                .containsEntry("resource", visitor.at("/port-eu/v1"))
                .containsEntry("authorization_servers", List.of(visitor.at("/port-eu/auth")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/port-eu/auth",
                "/.well-known/openid-configuration/port-eu/auth",
                "/port-eu/auth/.well-known/openid-configuration"
            })
    void serverMetadataStandsWhereClientsLook(String path) {
        assertThat(OAuthVisitor.json(visitor.get(path)))
                .containsEntry("issuer", visitor.at("/port-eu/auth"))
                .containsEntry("authorization_endpoint", visitor.at("/port-eu/auth/authorize"))
                .containsEntry("token_endpoint", visitor.at("/port-eu/auth/token"))
                .containsEntry("registration_endpoint", visitor.at("/port-eu/auth/register"))
                .containsEntry("code_challenge_methods_supported", List.of("S256"))
                .containsEntry("authorization_response_iss_parameter_supported", true)
                .containsEntry(
                        "grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials"));
    }

    @Test
    void publishedKeyVerifiesTokens() throws Exception {
        // Given
        var token = SignedJWT.parse(visitor.machineToken());

        // When
        var keys = JWKSet.parse(visitor.get("/auth/jwks").body());

        // Then
        assertThat(keys.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
                "/authorize",
                "/token",
                "/register",
                "/auth",
                "/Port/auth/jwks",
                "/.well-known/oauth-protected-resource/v2"
            })
    void whatOlderClientsGuessIsNotFoundInJson(String path) {
        var answer = visitor.get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(OAuthVisitor.json(answer)).containsEntry("error", "not found");
    }

    @Test
    void wrongMethodIsNotAllowed() {
        var answer = visitor.get("/auth/token");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void pagesInBrowsersMayAsk() {
        // When
        var preflight = visitor.send("OPTIONS", "/auth/token");
        var document = visitor.get("/.well-known/oauth-protected-resource/v1");

        // Then
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-headers")
                        .orElseThrow())
                .contains("Authorization");
        assertThat(document.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    @Test
    void namesAreBounded() {
        try (var other = SandboxServer.start(SandboxClient.loopback(0), SandboxOAuth.STANDARD);
                var guest = new OAuthVisitor(other)) {
            // Given
            for (var number = 1; number <= 64; number++) {
                assertThat(guest.get("/name-" + number + "/v1").statusCode()).isEqualTo(401);
            }

            // When
            var endpoint = guest.get("/name-65/v1");
            var published = guest.get("/name-65/auth/jwks");

            // Then
            assertThat(endpoint.statusCode()).isEqualTo(404);
            assertThat(published.statusCode()).isEqualTo(404);
            assertThat(endpoint.body()).contains("64 names");
        }
    }

    @Test
    void addressesFollowFromTheConfiguredUrl() {
        // Given
        var options = SandboxOAuth.STANDARD.withPublicUrl(URI.create("https://mcp.port.example"));

        try (var elsewhere = SandboxServer.start(SandboxClient.loopback(0), options);
                var guest = new OAuthVisitor(elsewhere)) {
            // When
            var document = OAuthVisitor.json(guest.get("/.well-known/oauth-protected-resource"));

            // Then
            assertThat(document)
                    .containsEntry("resource", "https://mcp.port.example/v1")
                    .containsEntry("authorization_servers", List.of("https://mcp.port.example/auth"));
        }
    }
}
