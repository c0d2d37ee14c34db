package dev.portcullis.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A secret with which a program uses the REST API: `pca_` and 256 random bits. Only its SHA-256 is
/// stored; with that many random bits a slow hash would add nothing.
public record AdminToken(String text) {
    private static final String PREFIX = "pca_";
    private static final int RANDOM_BYTES = 32;

    /// A new token that nobody knows yet.
    public static AdminToken random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AdminToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What is stored and looked up.
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "[secret]";
    }
}
