package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;

/// Tokens that look good, and are not for this route, not genuine, or over.
class BadTokensTest {
    private static GuardedRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new GuardedRoutes();
    }

    @AfterAll
    static void stop() throws IOException {
        routes.close();
    }

    static Stream<Named> badTokens() throws Exception {
        var good = GuardedRoutes.audience("guarded");
        var claims = new JWTClaimsSet.Builder()
                .issuer(routes.issuer.url())
                .subject("alice")
                .audience(good)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(routes.issuer.key().getKeyID())
                        .build(),
                claims);
        confused.sign(new MACSigner(routes.issuer.key().toRSAPublicKey().getEncoded()));
        var own = new RSAKeyGenerator(2048).keyID("own").generate();
        var carried = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("own")
                .jwk(own.toPublicJWK())
                .build();
        var parts = routes.issuer.token(good, c -> {}).split("\\.");
        return Stream.of(
                new Named("not signed", new PlainJWT(claims).serialize(), "token_malformed"),
                new Named("the public key as a secret", confused.serialize(), "token_not_accepted"),
                new Named("a key of its own", routes.issuer.token(carried, good, c -> {}), "token_not_accepted"),
                new Named(
                        "a signature of something else",
                        parts[0] + "." + parts[1] + "." + parts[0],
                        "token_not_accepted"),
                new Named("no signature", parts[0] + "." + parts[1] + ".", "token_malformed"),
                new Named(
                        "another route",
                        routes.issuer.token(GuardedRoutes.audience("other"), c -> {}),
                        "wrong_audience"),
                new Named("a longer audience", routes.issuer.token(good + "/", c -> {}), "wrong_audience"),
                new Named("no audience", routes.issuer.token("x", c -> c.audience((String) null)), "wrong_audience"),
                new Named(
                        "expired",
                        routes.token(
                                good,
                                c -> c.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                        "token_expired"),
                new Named("for ever", routes.token(good, c -> c.expirationTime(null)), "claims_not_accepted"),
                new Named(
                        "not yet",
                        routes.token(
                                good,
                                c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(60)))),
                        "token_expired"),
                new Named("nobody", routes.token(good, c -> c.subject(null)), "claims_not_accepted"),
                new Named("another issuer", routes.token(good, c -> c.issuer("https://evil.example")), "wrong_issuer"),
                new Named(
                        "an id token of logout",
                        routes.issuer.token(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(routes.issuer.key().getKeyID())
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                good,
                                c -> {}),
                        "token_not_accepted"),
                new Named("huge", routes.token(good, c -> c.claim("x", "y".repeat(20_000))), "token_malformed"),
                new Named("no token", "abc", "token_malformed"),
                new Named(
                        "a workload of somebody else",
                        routes.ci.token(
                                good, c -> c.claim("repository", "evil/x").claim("ref", "refs/heads/main")),
                        "claims_not_accepted"),
                new Named(
                        "a workload's branch",
                        routes.ci.token(
                                good, c -> c.claim("repository", "acme/x").claim("ref", "refs/heads/y")),
                        "claims_not_accepted"));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void badTokenIsRefusedAndRecordedWithoutIt(Named bad) throws Exception {
        // When, with room for its head
        var answer = routes.call("guarded", "Authorization: Bearer " + bad.token());

        // Then
        routes.assertRefused(answer, 401, bad.reason());
        assertThat(answer.header("www-authenticate").orElse("")).contains("error=\"invalid_token\"");
        assertThat(routes.record(answer).toString()).doesNotContain(bad.token());
    }

    record Named(String name, String token, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
