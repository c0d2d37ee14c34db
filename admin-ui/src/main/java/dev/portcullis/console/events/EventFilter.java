package dev.portcullis.console.events;

import java.time.OffsetDateTime;
import java.util.Optional;

/// Which admin events are wanted. Everything present must hold; names are compared exactly.
///
/// @param from the earliest time, inclusive
/// @param to the latest time, exclusive
public record EventFilter(
        Optional<String> actor,
        Optional<String> event,
        Optional<String> subject,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to) {}
