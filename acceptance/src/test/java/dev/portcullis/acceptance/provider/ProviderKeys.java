package dev.portcullis.acceptance.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;

/// The provider's keys, one of RSA and one of P-256. They outlive the process in a file.
final class ProviderKeys implements JWKSource<SecurityContext> {
    private static final int RSA_BITS = 2048;

    private final Path file;
    private volatile JWKSet keys;

    ProviderKeys(Path file) throws IOException, JOSEException, ParseException {
        this.file = file;
        this.keys = Files.exists(file) ? JWKSet.load(file.toFile()) : made();
    }

    /// Puts new keys in the place of the old ones, which count no more.
    void rotate() throws IOException, JOSEException {
        keys = made();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(keys);
    }

    private JWKSet made() throws IOException, JOSEException {
        var made = new JWKSet(List.of(
                new RSAKeyGenerator(RSA_BITS)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .generate(),
                new ECKeyGenerator(Curve.P_256)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .generate()));
        Files.writeString(file, made.toString(false));
        return made;
    }
}
