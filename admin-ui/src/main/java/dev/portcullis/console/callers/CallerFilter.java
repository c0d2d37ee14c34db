package dev.portcullis.console.callers;

import java.util.Optional;

/// Which callers are asked for.
///
/// @param text what their name, or how policies name them, contains, in whatever case
/// @param kind how they identified themselves
/// @param route one that they have used
/// @param client software that they have used, by the beginning of its name
public record CallerFilter(
        Optional<String> text, Optional<String> kind, Optional<String> route, Optional<String> client) {
    public CallerFilter {
        text = filled(text);
        kind = filled(kind);
        route = filled(route);
        client = filled(client);
    }

    public static CallerFilter none() {
        return new CallerFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<String> filled(Optional<String> words) {
        return words.map(String::strip).filter(text -> !text.isEmpty());
    }
}
