package dev.portcullis.console.events;

import java.util.List;

/// Names that admin events have, for those who filter.
///
/// @param events sorted
/// @param actors sorted
public record EventNames(List<String> events, List<String> actors) {
    public EventNames {
        events = List.copyOf(events);
        actors = List.copyOf(actors);
    }
}
