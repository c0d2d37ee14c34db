package dev.portcullis.bench.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.proxy.config.IssuerSettings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// An identity provider with an RSA key of 2048 bits and a P-256 key, which it serves on loopback.
final class KeySetServer implements AutoCloseable {
    private static final int RSA_BITS = 2048;

    private final RSAKey rsa;
    private final ECKey elliptic;
    private final HttpServer server;

    KeySetServer() throws IOException {
        try {
            rsa = new RSAKeyGenerator(RSA_BITS).keyID("rsa").generate();
            elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has RSA and P-256", e);
        }
        var keys = new JWKSet(List.of(rsa, elliptic)).toString(true).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    IssuerSettings settings() {
        return new IssuerSettings(
                "corp",
                "http://" + authority(),
                Optional.of(URI.create("http://" + authority() + "/keys")),
                Set.of("RS256", "ES256"),
                "sub",
                "name",
                "groups",
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                false,
                List.of());
    }

    /// A good token, unlike every other.
    String token(JWSAlgorithm algorithm) {
        var isRsa = algorithm.equals(JWSAlgorithm.RS256);
        var header = new JWSHeader.Builder(algorithm)
                .keyID(isRsa ? rsa.getKeyID() : elliptic.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer("http://" + authority())
                .subject("3b7c8a52-1d0e-4a55-9c0e-0a4b7f0c6d11")
                .audience(Requests.RESOURCE)
                .claim("name", "Alice Example")
                .claim("email", "alice@example.com")
                .claim("groups", List.of("developers", "platform", "everybody"))
                .claim("scope", "mcp:tools")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(2))));
        try {
            JWSSigner signer = isRsa ? new RSASSASigner(rsa) : new ECDSASigner(elliptic);
            var token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
