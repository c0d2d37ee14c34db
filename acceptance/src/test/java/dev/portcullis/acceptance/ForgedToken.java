package dev.portcullis.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;

/// What somebody makes of a good token who has no key of the provider's.
///
/// @param good a token that the provider issued
record ForgedToken(String good) {

    /// The same claims, unsigned and said to be.
    String withoutSignature() throws ParseException {
        return new PlainJWT(claims()).serialize();
    }

    /// The same claims under an HMAC whose secret is the provider's public key as PEM, for a verifier that
    /// believes the token about the algorithm.
    String signedWithPublicKey(RSAKey published) throws ParseException, JOSEException {
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(published.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        var forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(published.getKeyID())
                        .build(),
                claims());
        forged.sign(new MACSigner(pem.getBytes(StandardCharsets.US_ASCII)));
        return forged.serialize();
    }

    /// The same claims under the forger's own key.
    String signedWithUnknownKey() throws ParseException, JOSEException {
        var key = new RSAKeyGenerator(2048).keyID("forged").generate();
        var forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("forged").build(), claims());
        forged.sign(new RSASSASigner(key));
        return forged.serialize();
    }

    /// The provider's signature below other claims.
    String aboutSomebodyElse(String subject) throws ParseException {
        var claims = new JWTClaimsSet.Builder(claims()).subject(subject).build();
        var parts = good.split("\\.");
        return parts[0] + "." + claims.toPayload().toBase64URL() + "." + parts[2];
    }

    private JWTClaimsSet claims() throws ParseException {
        return SignedJWT.parse(good).getJWTClaimsSet();
    }
}
