package dev.portcullis.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/// An identity provider with a real key, which it serves on loopback.
final class PlayedIssuer implements AutoCloseable {
    private final HttpServer server;
    private final RSAKey key;

    PlayedIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("1").generate();
        var keys = new JWKSet(key).toString(true).getBytes(UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://" + authority();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// A good token for this audience, changed by `changes`.
    String token(String audience, Consumer<JWTClaimsSet.Builder> changes) throws JOSEException {
        return token(key, audience, changes);
    }

    /// The same, signed with another key.
    String token(RSAKey signing, String audience, Consumer<JWTClaimsSet.Builder> changes) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("alice")
                .audience(audience)
                .claim("groups", "developers")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        changes.accept(claims);
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("1")
                .type(JOSEObjectType.JWT)
                .build();
        var token = new SignedJWT(header, claims.build());
        token.sign(new RSASSASigner(signing));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
