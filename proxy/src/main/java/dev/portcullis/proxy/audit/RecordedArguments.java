package dev.portcullis.proxy.audit;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.ValueDigests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/// The arguments of a call as the audit trail keeps them.
///
/// @param json the redacted arguments as JSON text that `jsonb` can hold
/// @param digest `sha256:` and the SHA-256, in hexadecimal, of the unredacted arguments in their
///     canonical form; equal for calls with the same arguments whatever the order of their keys
/// @param hidden the values that `json` does not hold as they were
public record RecordedArguments(String json, String digest, List<HiddenValue> hidden) {
    public RecordedArguments {
        hidden = List.copyOf(hidden);
    }

    /// Redacts `arguments`, which is JSON that was read strictly. Takes time in proportion to its
    /// length.
    ///
    /// @param hide takes out of a text what is a secret in this exchange alone
    /// @param digests what values are recognized by that are hidden
    public static RecordedArguments of(String arguments, UnaryOperator<String> hide, ValueDigests digests) {
        var hidden = new HiddenValues.Digested(digests);
        var json = Redaction.redact(arguments, hide, hidden);
        return new RecordedArguments(json, digestOf(arguments), hidden.values());
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
