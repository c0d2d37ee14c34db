package dev.portcullis.console.tools;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a tool stands with the policy in force.
public enum ToolState {
    /// Nobody has decided anything about it, and the profile does not know it.
    NEW,
    /// Its class is known, from the document or the profile; its definition nobody has accepted.
    UNREVIEWED,
    /// A definition was accepted, and callers are shown another one.
    CHANGED,
    /// All callers are shown the definition that was accepted.
    ACCEPTED,
    /// A rule denies it to everybody.
    BLOCKED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ToolState> named(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(name))
                .findFirst();
    }
}
