package dev.portcullis.policy.profile;

import java.util.List;
import java.util.Optional;

/// What a tool call executes.
///
/// @param executes whether the call executes an action at all; when it does not, nothing else has a
///     meaning
/// @param identifiers every identifier the arguments could be read to name, distinct, in order
/// @param certain whether these are surely all: false when the identifier is missing, is not a string,
///     or stands under a key that only resembles the right one. An uncertain call is refused under any
///     list of allowed actions
public record Actions(boolean executes, List<String> identifiers, boolean certain) {
    public static final Actions NONE = new Actions(false, List.of(), true);

    public Actions {
        identifiers = List.copyOf(identifiers);
    }

    /// What records name as the action: the identifiers, joined by commas in the rare case of several.
    public Optional<String> summary() {
        return identifiers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", identifiers));
    }
}
