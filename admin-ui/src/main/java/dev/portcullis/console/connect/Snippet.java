package dev.portcullis.console.connect;

import java.util.List;

/// A text to copy, and where it goes.
///
/// @param title which of several ways this is
/// @param places one for each operating system or scope; none for a command
public record Snippet(String title, Language language, String text, List<Place> places) {
    public Snippet {
        places = List.copyOf(places);
    }

    Snippet(String title, Language language, String text, Place... places) {
        this(title, language, text, List.of(places));
    }

    /// What it is written in.
    public enum Language {
        JSON,
        TOML,
        SHELL
    }

    /// A file, or a place in a program's settings.
    ///
    /// @param when the operating system, or for whom it counts
    /// @param path with `~` for the home folder
    public record Place(String when, String path) {}
}
