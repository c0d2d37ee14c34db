package dev.portcullis.proxy.binding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Puts a seal on what a server hands out (a session id, a task id, ...), so that only the caller who
/// received it can bring it back.
///
/// Possession is not authorization: without a seal, an id that leaks from a log is somebody else's
/// session. The seal is a keyed digest (HMAC-SHA-256, 128 bits) of the value, its kind, the holder and
/// a context, written behind the value. Nothing is remembered, so every replica that has the key takes
/// what another one gave. Safe for all threads.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices">MCP,
///     session hijacking</a>
public final class Seals {
    /// How long a key is, in bytes.
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final char MARK = '~';
    private static final int SEAL_BYTES = 16;
    private static final int SEAL_LENGTH = 22;

    private final SecretKeySpec key;

    /// @param key of [#KEY_BYTES], the same for all replicas of an installation
    public Seals(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// What is sealed. A seal of one kind is worth nothing as another.
    public enum Kind {
        SESSION,
        SERVER_REQUEST,
        REQUEST_STATE,
        TASK
    }

    /// `value` with its seal: the same for the same arguments, in visible ASCII behind the value.
    ///
    /// @param context what else it is bound to, such as the session or the call; may be empty
    public String seal(Kind kind, Holder holder, String context, String value) {
        return value + MARK + of(kind, holder, context, value);
    }

    /// The value in `sealed`, when [#seal] gave it to the same holder in the same context.
    public Optional<String> open(Kind kind, Holder holder, String context, String sealed) {
        var mark = sealed.length() - SEAL_LENGTH - 1;
        if (mark < 0 || sealed.charAt(mark) != MARK) {
            return Optional.empty();
        }
        var value = sealed.substring(0, mark);
        var expected = of(kind, holder, context, value).getBytes(StandardCharsets.UTF_8);
        var actual = sealed.substring(mark + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, actual) ? Optional.of(value) : Optional.empty();
    }

    private String of(Kind kind, Holder holder, String context, String value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : new String[] {kind.name(), holder.route(), holder.caller(), context, value}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                // With its length in front, no part can lend a byte to the next.
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac.doFinal(), SEAL_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
