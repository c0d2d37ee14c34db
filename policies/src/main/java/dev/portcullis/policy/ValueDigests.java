package dev.portcullis.policy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests of values that records hide, so that a rule which names a value can still be decided.
///
/// They are HMAC-SHA-256 under a key derived from one that every replica and console of an installation
/// shares: who has only the records cannot try out passwords on them. Immutable, safe for all threads.
public final class ValueDigests {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "portcullis values of audit records, 1";
    private static final int BYTES = 16;
    private static final int KEY_NAME_BYTES = 6;

    private final SecretKeySpec key;
    private final String keyName;

    /// @param installationKey a secret that all replicas and consoles share; it cannot be had from the
    ///     digests
    public ValueDigests(byte[] installationKey) {
        key = new SecretKeySpec(hmac(new SecretKeySpec(installationKey, ALGORITHM), PURPOSE), ALGORITHM);
        keyName = encoded(hmac(key, "name"), KEY_NAME_BYTES);
    }

    /// What tells one key from another, and nothing about either.
    public String keyName() {
        return keyName;
    }

    /// Halves of surrogate pairs, which no document holds, are told apart from what they would be written
    /// as.
    public String ofText(String text) {
        var isUnicode = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return digest((isUnicode ? "text " : "broken text ") + text);
    }

    /// The same for numbers that are equal, however they are written.
    public String ofNumber(BigDecimal number) {
        return digest("number " + number.stripTrailingZeros());
    }

    /// @param host a host, or a domain, in the form in which they are compared
    public String ofHost(String host) {
        return digest("host " + host);
    }

    private String digest(String text) {
        return encoded(hmac(key, text), BYTES);
    }

    private static String encoded(byte[] bytes, int most) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, most));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "[value digests]";
    }
}
