package dev.portcullis.proxy.identity;

import dev.portcullis.proxy.identity.Identification.Fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Finds out who is calling, in the way the route asks for, before the body is read. Safe for all
/// threads; never waits.
public final class Authenticator {
    private static final int FINGERPRINT_BYTES = 8;

    /// Who shows this?
    public Identification identify(Presented presented) {
        return switch (presented.route().authentication()) {
            case OPEN -> new Identification.Known(new Caller.Anonymous());
            case PASSTHROUGH ->
                new Identification.Known(new Caller.PassedThrough(
                        presented.headers().first("authorization").map(Authenticator::fingerprint), Optional.empty()));
            case GATEWAY ->
                new Identification.Unknown(
                        presented.headers().has("authorization") ? Fault.TOKEN_NOT_ACCEPTED : Fault.NO_CREDENTIAL);
        };
    }

    /// Whether what identified this caller would still do so: its key was not revoked since, say. Cheap;
    /// asked again and again while an exchange is open.
    public boolean isStillValid(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous anonymous -> true;
            case Caller.PassedThrough passed -> true;
            case Caller.KeyHolder key -> false;
            case Caller.TokenHolder token -> true;
            case Caller.CertificateHolder certificate -> true;
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
