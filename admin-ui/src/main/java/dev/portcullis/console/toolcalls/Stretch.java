package dev.portcullis.console.toolcalls;

import dev.portcullis.console.api.PageCursor;

import java.util.List;
import java.util.Optional;

/// Records that a search has found so far.
///
/// @param next where it goes on; absent when nothing older is left. It may be present although fewer
///     records were found than were asked for, or none: then the search took too long to go on by itself
public record Stretch<T>(List<T> items, Optional<PageCursor> next) {
    public Stretch {
        items = List.copyOf(items);
    }
}
