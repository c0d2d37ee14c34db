package dev.portcullis.proxy.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Short names for credentials: the same for the same credential on every replica, and of no use to
/// anybody who wants to guess which one it was. Safe for all threads.
final class Fingerprints {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    /// @param installationKey a secret that all replicas share
    Fingerprints(byte[] installationKey) {
        this.key = new SecretKeySpec(installationKey, HMAC);
    }

    String of(String credential) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update("fingerprint:".getBytes(StandardCharsets.US_ASCII));
            var digest = mac.doFinal(credential.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
