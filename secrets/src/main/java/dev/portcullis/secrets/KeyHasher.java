package dev.portcullis.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes API keys with a key of its own (HMAC-SHA-256), so that a copy of the database alone neither
/// gives keys away nor lets anybody make some. An API key has 256 random bits, so a slow hash would add
/// nothing. Immutable, safe for all threads.
public final class KeyHasher {
    /// How long the hasher's own key is.
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private final SecretKeySpec key;
    private final byte[] nobodys;

    /// @param key [#KEY_BYTES] random bytes
    public KeyHasher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.nobodys = new byte[HASH_BYTES];
        new SecureRandom().nextBytes(nobodys);
    }

    /// A new key for a hasher.
    public static byte[] newKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    public byte[] hash(ApiKey shown) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(shown.reveal().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// Whether this is the key that the hash was made of. It takes as long when there is no hash to
    /// compare with, so that time does not tell which prefixes exist.
    ///
    /// @param stored the hash found under the key's prefix, if any
    public boolean matches(ApiKey shown, Optional<byte[]> stored) {
        var same = MessageDigest.isEqual(hash(shown), stored.orElse(nobodys));
        return same && stored.isPresent();
    }

    @Override
    public String toString() {
        return "[key hasher]";
    }
}
