package dev.portcullis.proxy.identity;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.http.HeaderFields;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Finds out who is calling, in the way the route asks for, before the body is read.
public final class Authenticator {
    private static final int FINGERPRINT_BYTES = 8;

    /// The caller of a request with these headers.
    public Caller authenticate(Route.Authentication wanted, HeaderFields headers) {
        return switch (wanted) {
            case OPEN -> new Caller.Anonymous();
            case PASSTHROUGH ->
                new Caller.PassedThrough(headers.first("authorization").map(Authenticator::fingerprint));
        };
    }

    private static String fingerprint(String credential) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
