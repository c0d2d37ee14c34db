package dev.portcullis.console.events.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.EventFilter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The filter and the page as they stand in the URL. A part that cannot be read is not left out silently: list and
/// export would have more than whoever made the link has meant.
///
/// @param from the first day, in UTC
/// @param to the last day, in UTC
/// @param cursor behind which the page begins; absent for the newest
/// @param trouble what is wrong with it, for people
record EventState(
        Optional<String> event,
        Optional<String> actor,
        Optional<String> subject,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Optional<String> cursor,
        Optional<String> trouble) {
    private static final int LAST_YEAR = 9_999;

    static EventState none() {
        return of(QueryParameters.empty());
    }

    /// What somebody has chosen.
    static EventState chosen(
            Optional<String> event,
            Optional<String> actor,
            Optional<String> subject,
            Optional<LocalDate> from,
            Optional<LocalDate> to) {
        return new EventState(event, actor, subject, from, to, Optional.empty(), Optional.empty());
    }

    static EventState of(QueryParameters parameters) {
        return new EventState(
                parameters.getSingleParameter("event"),
                parameters.getSingleParameter("actor"),
                parameters.getSingleParameter("subject"),
                parameters.getSingleParameter("from").flatMap(EventState::day),
                parameters.getSingleParameter("to").flatMap(EventState::day),
                parameters.getSingleParameter("cursor"),
                EventTrouble.in(parameters));
    }

    /// The database has no place for all that can be written.
    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() > 0 && day.getYear() < LAST_YEAR);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isFiltered() {
        return event.isPresent()
                || actor.isPresent()
                || subject.isPresent()
                || from.isPresent()
                || to.isPresent()
                || trouble.isPresent();
    }

    /// How many of the filters are set, what the events are about apart.
    int besidesSubject() {
        return (int)
                Stream.of(event, actor, from, to).filter(Optional::isPresent).count();
    }

    /// @throws BadRequestException when something is wrong with it
    EventFilter filter() {
        trouble.ifPresent(sentence -> {
            throw new BadRequestException(sentence);
        });
        return new EventFilter(
                actor, event, subject, from.map(EventState::start), to.map(day -> start(day.plusDays(1))));
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    Optional<PageCursor> after() {
        return cursor.flatMap(PageCursor::decode);
    }

    EventState at(Optional<String> cursor) {
        return new EventState(event, actor, subject, from, to, cursor, Optional.empty());
    }

    /// @param tab of the screen around it
    QueryParameters asParameters(String tab) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("tab", tab);
        event.ifPresent(value -> parameters.put("event", value));
        actor.ifPresent(value -> parameters.put("actor", value));
        subject.ifPresent(value -> parameters.put("subject", value));
        from.ifPresent(value -> parameters.put("from", value.toString()));
        to.ifPresent(value -> parameters.put("to", value.toString()));
        cursor.ifPresent(value -> parameters.put("cursor", value));
        return QueryParameters.simple(Map.copyOf(parameters));
    }
}
