package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which signatures count, by which keys.
class SignaturesTest {
    private static final String AUDIENCE = "https://gateway.example/mcp/guarded";
    private static final Identification REFUSED = new Identification.Unknown(Fault.TOKEN_NOT_ACCEPTED);

    private final TestIssuer provider = new TestIssuer();
    private final OutboundHttp http = TestIssuer.wayTo(provider);

    @AfterEach
    void close() throws IOException {
        http.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "PS256", "PS384"})
    void signatureByRsaCountsWhereItsAlgorithmIsListed(String algorithm) throws Exception {
        var token = token(algorithm, provider.key().getKeyID(), new RSASSASigner(provider.key()));
        assertThat(identify(Set.of(algorithm, "ES256"), token)).isInstanceOf(Identification.Known.class);
        assertThat(identify(Set.of("RS384", "ES256"), token)).isEqualTo(REFUSED);
    }

    @Test
    void signatureByAnEllipticCurveCounts() throws Exception {
        // Given
        var key = elliptic(Curve.P_256);
        provider.publish(List.of(provider.key(), key));

        // Then
        var token = token("ES256", "elliptic", new ECDSASigner(key));
        assertThat(identify(Set.of("RS256", "ES256"), token)).isInstanceOf(Identification.Known.class);
        assertThat(identify(Set.of("RS256"), token)).isEqualTo(REFUSED);
    }

    @Test
    void keyOnAnotherCurveDoesNotFit() throws Exception {
        // Given a provider with one key, and somebody with another one of the same name
        provider.publish(List.of(elliptic(Curve.P_384)));
        var own = elliptic(Curve.P_256);

        // Then
        assertThat(identify(Set.of("ES256", "ES384"), token("ES256", "elliptic", new ECDSASigner(own))))
                .isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off its curve\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"brainpoolP256r1\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AQ\"}",
                "{\"kty\":\"RSA\"}",
                "{}",
                "7"
            })
    void keyThatCannotBeReadSpoilsNoOthers(String odd) throws Exception {
        // Given
        var good = provider.key().toPublicJWK().toJSONString();

        // When
        provider.publishText("{\"keys\":[" + odd + "," + good + "]}");

        // Then
        assertThat(identify(Set.of("RS256", "ES256"), provider.token(AUDIENCE, claims -> {})))
                .isInstanceOf(Identification.Known.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\"}]}"})
    void providerWithoutAnyUsableKeyCannotBeAsked(String published) throws Exception {
        // When
        provider.publishText(published);

        // Then
        assertThat(identify(Set.of("RS256"), provider.token(AUDIENCE, claims -> {})))
                .isEqualTo(new Identification.Unverifiable("corp"));
    }

    @Test
    void keyOfAnotherAlgorithmOrUseDoesNotFit() throws Exception {
        // Given
        var own = new RSAKeyGenerator(2048).keyID("own").generate();
        var forOther = new RSAKey.Builder(own).algorithm(JWSAlgorithm.RS512).build();
        var forSecrets = new RSAKey.Builder(own).keyUse(KeyUse.ENCRYPTION).build();
        var token = token("RS256", "own", new RSASSASigner(own));

        // Then
        for (var published : List.of(forOther, forSecrets)) {
            provider.publish(List.of(published));
            assertThat(identify(Set.of("RS256", "RS512"), token)).isEqualTo(REFUSED);
        }
        provider.publish(List.of(own));
        assertThat(identify(Set.of("RS256", "RS512"), token)).isInstanceOf(Identification.Known.class);
    }

    @Test
    void publishedSecretSignsNothing() throws Exception {
        // Given a provider that gives its symmetric key away
        var secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
        provider.publishAll(List.of(secret, provider.key()));

        // Then
        var every = Set.of("RS256", "PS256", "ES256", "ES384", "ES512", "RS384", "RS512", "PS384", "PS512");
        assertThat(identify(every, token("HS256", "secret", new MACSigner(secret))))
                .isEqualTo(REFUSED);
        assertThat(identify(every, provider.token(AUDIENCE, claims -> {}))).isInstanceOf(Identification.Known.class);
    }

    @Test
    void tokenThatNamesNoKeyIsCheckedByAllThatFit() throws Exception {
        var token = provider.token(new JWSHeader(JWSAlgorithm.RS256), AUDIENCE, claims -> {});
        assertThat(identify(Set.of("RS256"), token)).isInstanceOf(Identification.Known.class);
    }

    private static ECKey elliptic(Curve curve) throws JOSEException {
        return new ECKeyGenerator(curve).keyID("elliptic").generate();
    }

    private String token(String algorithm, String key, JWSSigner signer) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(provider.url())
                .subject("alice")
                .audience(AUDIENCE)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(key).build();
        return TestIssuer.signed(header, claims.toString(), signer);
    }

    private Identification identify(Set<String> algorithms, String token) throws Exception {
        var usual = provider.settings("corp");
        var settings = new IssuerSettings(
                usual.name(),
                usual.issuer(),
                Optional.empty(),
                algorithms,
                usual.subjectClaim(),
                usual.nameClaim(),
                usual.groupsClaim(),
                List.of(),
                Map.of(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                false,
                List.of());
        return new Issuer(settings, http, Clock.systemUTC()).identify(SignedJWT.parse(token), Set.of(AUDIENCE));
    }
}
