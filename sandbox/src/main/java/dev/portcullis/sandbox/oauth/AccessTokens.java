package dev.portcullis.sandbox.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.portcullis.sandbox.catalogue.Organization;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;

/// Access tokens: signed JWTs that live as long as Port's. The key is made at the start and nowhere
/// else, so no token outlives the sandbox. Thread-safe.
final class AccessTokens {

    static final Duration LIFE = Duration.ofHours(3);

    private static final int KEY_BITS = 2_048;
    private static final int LONGEST = 8_192;
    private static final String GRANT = "sid";

    private final Clock clock;
    private final Duration life;
    private final RSAKey key;

    AccessTokens(Clock clock, Faults faults) {
        this.clock = clock;
        this.life = Duration.ofSeconds(faults.number(Fault.SHORT_TOKENS, Math.toIntExact(LIFE.toSeconds())));
        this.key = generated();
    }

    /// The public half of the key, as JSON.
    String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    BearerAccessToken issue(Site site, Grant grant) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(site.issuer())
                .audience(grant.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(new JWTID().getValue())
                .claim(GRANT, grant.id())
                .claim("client_id", grant.client())
                .claim("scope", grant.scope())
                .claim("orgId", Organization.ID);
        if (grant.kind().isMachine()) {
            claims.subject(grant.client()).claim("isMachine", true);
        } else {
            claims.subject(Organization.USER).claim("email", Organization.USER).claim("teams", Organization.TEAMS);
        }
        return new BearerAccessToken(signed(claims.build()), life.toSeconds(), Scope.parse(grant.scope()));
    }

    /// The id of the grant that a token belongs to; nothing when it is not good. Which organization knows the
    /// grant decides where it opens; the audience does not, for this issuer has no tokens for anybody else.
    Optional<String> grantOf(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            var isGood = JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
                    && jwt.verify(new RSASSAVerifier(key.toRSAPublicKey()))
                    && clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return isGood ? Optional.of(claims.getStringClaim(GRANT)) : Optional.empty();
        } catch (ParseException | JOSEException malformed) {
            return Optional.empty();
        }
    }

    private String signed(JWTClaimsSet claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID());
            var token = new SignedJWT(header.build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new IllegalStateException("a token cannot be signed with a key made for that", broken);
        }
    }

    private static RSAKey generated() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException("every Java makes RSA keys", broken);
        }
    }
}
