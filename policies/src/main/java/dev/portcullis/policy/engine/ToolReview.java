package dev.portcullis.policy.engine;

import java.util.Locale;

/// How a tool's present definition stands to the one somebody accepted.
public enum ToolReview {
    /// It is the one that was accepted.
    ACCEPTED,
    /// Nobody accepted any, or no list has shown it yet.
    NEW,
    /// Another one was accepted.
    CHANGED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
