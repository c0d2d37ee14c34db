package dev.portcullis.console.counts;

import java.util.Locale;

/// What calls are counted by.
public enum Subject {
    /// Every exchange, under the empty name.
    ALL,
    ROUTE,
    TOOL,
    CALLER,
    /// Each rule that denied.
    RULE,
    /// Each rule that would have denied, and only observes.
    OBSERVED_RULE;

    public String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
