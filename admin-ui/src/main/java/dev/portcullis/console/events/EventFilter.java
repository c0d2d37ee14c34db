package dev.portcullis.console.events;

import dev.portcullis.console.api.AskedTimes;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which admin events are wanted. Everything present must hold; names are compared exactly. A time that ends before
/// it begins is a [dev.portcullis.console.api.BadRequestException].
///
/// @param from the earliest time, inclusive
/// @param to the latest time, exclusive
public record EventFilter(
        Optional<String> actor,
        Optional<String> event,
        Optional<String> subject,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to) {
    public EventFilter {
        AskedTimes.check(from, to);
    }

    /// What is wanted, in one line for records: `actor=admin event=policy.published`.
    public String describe() {
        return Stream.of(
                        part("actor", actor),
                        part("event", event),
                        part("subject", subject),
                        part("from", from),
                        part("to", to))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> part(String name, Optional<?> value) {
        return value.map(wanted -> name + "=" + wanted);
    }
}
