package dev.portcullis.proxy.catalog;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A tool as an entry of a list describes it, with all that the entry holds.
///
/// @param hash `sha256:` and the hash of the canonical text, in hexadecimal
/// @param readOnlyHint the annotation, absent when it is not given beyond doubt
/// @param text the canonical text
public record ToolDefinition(String name, String hash, Optional<Boolean> readOnlyHint, String text) {
    private static final List<String> HINTS =
            List.of("title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");

    /// @param entry an entry with a name; whatever else is in it is part of the definition, so that nothing
    ///     a client may act on can change unnoticed
    public static ToolDefinition of(JsonNode entry) {
        var text = CanonicalText.of(entry);
        return new ToolDefinition(entry.path("name").asString(), hash(text), readOnlyHint(entry), text);
    }

    /// How the policy is told of it.
    public ListedTool listed() {
        return new ListedTool(name, Optional.of(hash), readOnlyHint);
    }

    private static Optional<Boolean> readOnlyHint(JsonNode entry) {
        return entry.path("annotations") instanceof ObjectNode annotations
                        && annotations.path("readOnlyHint").isBoolean()
                        && JsonRpcCodec.confusingKey(annotations, HINTS).isEmpty()
                ? Optional.of(annotations.get("readOnlyHint").asBoolean())
                : Optional.empty();
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
