package dev.portcullis.console.components;

import java.util.Locale;

/// What a colour says. Words always say it too.
public enum Tone {
    /// As it should be.
    GOOD,
    /// A rule did its work.
    REFUSED,
    /// Something is broken, or stopped.
    BAD,
    /// Neither good nor bad.
    QUIET;

    String className() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
