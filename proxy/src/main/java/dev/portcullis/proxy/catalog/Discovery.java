package dev.portcullis.proxy.catalog;

import java.time.Instant;
import java.util.Optional;

/// A definition that was not known before, on its way to the database.
///
/// @param text the canonical text; absent when it is longer than is kept
/// @param characters how long the text is
record Discovery(
        String route,
        String tool,
        String definition,
        Optional<Boolean> readOnlyHint,
        Optional<String> text,
        int characters,
        Instant at) {
    /// Longer definitions are told apart all the same, but cannot be shown or compared.
    private static final int MOST_CHARACTERS = 65_536;

    static Discovery of(String route, ToolDefinition tool, Instant at) {
        var text = tool.text();
        return new Discovery(
                route,
                tool.name(),
                tool.hash(),
                tool.readOnlyHint(),
                // PostgreSQL counts code points, of which there are never more.
                Optional.of(text).filter(whole -> whole.length() <= MOST_CHARACTERS),
                text.length(),
                at);
    }

    /// About what it takes in memory.
    long weight() {
        return 512L + 2L * text.map(String::length).orElse(0);
    }
}
