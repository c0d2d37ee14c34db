package dev.portcullis.configuration;

import java.util.Objects;

/// A value that must not be printed. Comparing and printing it never show what it holds.
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /// The value itself, for the one call that needs it.
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
