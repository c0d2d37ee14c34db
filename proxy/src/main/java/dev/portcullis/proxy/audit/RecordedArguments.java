package dev.portcullis.proxy.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The arguments of a call as the audit trail keeps them.
///
/// @param json the redacted arguments as JSON text that `jsonb` can hold
/// @param digest `sha256:` and the SHA-256, in hexadecimal, of the unredacted arguments in their
///     canonical form; equal for calls with the same arguments whatever the order of their keys
public record RecordedArguments(String json, String digest) {

    /// Redacts `arguments`, which is JSON that was read strictly. Takes time in proportion to its
    /// length.
    public static RecordedArguments of(String arguments) {
        return new RecordedArguments(Redaction.redact(arguments), digestOf(arguments));
    }

    /// The digest alone.
    public static String digestOf(String arguments) {
        return digest(CanonicalJson.of(arguments));
    }

    private static String digest(String canonical) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
