package dev.portcullis.console.events.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.components.UnreadableParameter;

import java.util.Optional;
import java.util.stream.Stream;

/// What is wrong with a filter in an address that somebody has written or cut short.
final class EventTrouble {
    private static final String DAY = "a day such as 2026-11-27";

    private EventTrouble() {}

    /// The first that is wrong, as a sentence.
    static Optional<String> in(QueryParameters parameters) {
        return Stream.of(
                        UnreadableParameter.in(
                                parameters, "from", text -> EventState.day(text).isPresent(), DAY),
                        UnreadableParameter.in(
                                parameters, "to", text -> EventState.day(text).isPresent(), DAY),
                        UnreadableParameter.in(
                                parameters,
                                "cursor",
                                text -> PageCursor.decode(text).isPresent(),
                                "that of a page of this list"),
                        upsideDown(parameters))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> upsideDown(QueryParameters parameters) {
        var from = parameters.getSingleParameter("from").flatMap(EventState::day);
        var to = parameters.getSingleParameter("to").flatMap(EventState::day);
        return from.filter(first -> to.filter(first::isAfter).isPresent())
                .map(_ -> "The last day is before the first one: choose a later one.");
    }
}
