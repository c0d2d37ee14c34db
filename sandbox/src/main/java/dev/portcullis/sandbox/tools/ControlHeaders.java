package dev.portcullis.sandbox.tools;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the two headers of one request ask for, read as Port documents them.
///
/// A header that is sent more than once takes its most restrictive reading.
///
/// @param readOnly `x-read-only-mode`: only `0` and `false` are off, any other value is on
/// @param allowedActions `x-allowed-actions-to-run`: absent allows every action, empty allows none
public record ControlHeaders(boolean readOnly, Optional<Set<String>> allowedActions) {

    public static final String READ_ONLY = "x-read-only-mode";
    public static final String ALLOWED_ACTIONS = "x-allowed-actions-to-run";

    /// No header: every tool, every action.
    public static final ControlHeaders NONE = new ControlHeaders(false, Optional.empty());

    private static final Set<String> OFF = Set.of("0", "false");

    public ControlHeaders {
        allowedActions = allowedActions.map(Set::copyOf);
    }

    /// Reads every value that a request has for each of the two headers.
    public static ControlHeaders read(Collection<String> readOnly, Collection<String> allowedActions) {
        return new ControlHeaders(
                readOnly.stream().anyMatch(value -> !OFF.contains(value.strip())),
                allowedActions.stream().map(ControlHeaders::identifiers).reduce(ControlHeaders::common));
    }

    /// Whether a tool of this kind is shown and may be called.
    public boolean permits(ToolKind kind) {
        return !readOnly || kind == ToolKind.READ;
    }

    /// Whether `run_action` may run this action.
    public boolean permitsAction(String identifier) {
        return allowedActions.map(allowed -> allowed.contains(identifier)).orElse(true);
    }

    /// The allowed actions in a stable order, for messages.
    public List<String> sortedActions() {
        return allowedActions.orElse(Set.of()).stream().sorted().toList();
    }

    private static Set<String> identifiers(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(identifier -> !identifier.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
    }
}
