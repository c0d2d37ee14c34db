package dev.portcullis.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/// A tool as the upstream's own lists describe it.
///
/// @param definition what identifies its description, schemas and annotations together, `sha256:` and 64
///     hexadecimal digits; absent when the gateway has never seen the tool in a list
/// @param readOnlyHint the upstream's claim that the tool changes nothing, or does; absent when it claims
///     neither
public record ListedTool(String name, Optional<String> definition, Optional<Boolean> readOnlyHint) {
    private static final Pattern DEFINITION = Pattern.compile("sha256:[0-9a-f]{64}");

    public ListedTool {
        definition.filter(text -> !isDefinition(text)).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "definition: %s (expected: sha256: and 64 hexadecimal digits)".formatted(text));
        });
    }

    /// A tool that no list has shown yet.
    public static ListedTool unseen(String name) {
        return new ListedTool(name, Optional.empty(), Optional.empty());
    }

    /// Whether a text has the form of a definition's identity.
    public static boolean isDefinition(String text) {
        return DEFINITION.matcher(text).matches();
    }
}
