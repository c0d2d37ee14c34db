package dev.portcullis.proxy.audit;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.Keeping.Hiding;
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
/// @param digest what is equal for calls with the same arguments, whatever the order of their keys: `sha256:` and
///     the SHA-256 in hexadecimal of their canonical form where nothing is hidden, `hmac-sha256:` and a keyed digest
///     where something is, so that nobody can try out secrets on it
/// @param hidden the values that `json` does not hold as they were
/// @param forgets whether nothing at all may be kept of one of them; the digest is that of the others, then
public record RecordedArguments(String json, String digest, List<HiddenValue> hidden, boolean forgets) {
    public RecordedArguments {
        hidden = List.copyOf(hidden);
    }

    /// Redacts `arguments`, which is JSON that was read strictly. Takes time in proportion to its
    /// length.
    ///
    /// @param hide takes out of a text what is a secret in this exchange alone
    /// @param digests what values are recognized by that are hidden
    /// @param hidings what rules hide
    public static RecordedArguments of(
            String arguments, UnaryOperator<String> hide, ValueDigests digests, List<Hiding> hidings) {
        var hidden = new HiddenValues.Digested(digests);
        var places = HiddenPlaces.inArguments(hidings, digests);
        var json = Redaction.redact(arguments, new Redaction.Terms(hide, places, hidden));
        var digest = hidden.forgets()
                ? keyed(json, digests)
                : hidden.values().isEmpty() ? digestOf(arguments) : keyed(arguments, digests);
        return new RecordedArguments(json, digest, hidden.values(), hidden.forgets());
    }

    /// Only what tells equal arguments: for a call that nobody decided about, so that nobody knows what of it may be
    /// kept.
    public static RecordedArguments unknown(String arguments, ValueDigests digests) {
        return new RecordedArguments(
                "{\"dev.portcullis/redacted\": {\"characters\": " + arguments.length() + "}}",
                keyed(arguments, digests),
                List.of(HiddenValue.EVERYTHING),
                true);
    }

    /// The digest alone.
    public static String digestOf(String arguments) {
        return digest(CanonicalJson.of(arguments));
    }

    private static String keyed(String arguments, ValueDigests digests) {
        return "hmac-sha256:" + digests.ofText(CanonicalJson.of(arguments));
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
