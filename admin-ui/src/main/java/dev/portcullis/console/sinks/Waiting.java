package dev.portcullis.console.sinks;

import dev.portcullis.console.trail.PlacedCall;

import java.util.List;

/// What is sent to a sink next.
///
/// @param gaps what can no longer be sent
public record Waiting(List<Gap> gaps, List<PlacedEvent> events, List<PlacedCall> calls) {
    public Waiting {
        gaps = List.copyOf(gaps);
        events = List.copyOf(events);
        calls = List.copyOf(calls);
    }

    public int size() {
        return gaps.size() + events.size() + calls.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
