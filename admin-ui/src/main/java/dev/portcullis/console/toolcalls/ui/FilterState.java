package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.AskedTimes;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.toolcalls.ToolCallFilter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The filter as it stands in the URL. Its names are those of the REST API. A part that cannot be read is not left out
/// silently: the list would be longer than whoever made the link has meant.
///
/// @param outcome one, or several with commas between them
/// @param text what is searched for, `q` in the URL
/// @param period how far back from now; it moves with the clock
/// @param from the earliest time; it does not move
/// @param trouble what is wrong with it, for people
record FilterState(
        Optional<String> route,
        Optional<String> tool,
        Optional<String> caller,
        Optional<String> client,
        Optional<String> outcome,
        Optional<String> decision,
        Optional<String> rule,
        Optional<String> text,
        Optional<Period> period,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to,
        Optional<String> trouble) {

    static FilterState none() {
        return of(QueryParameters.empty());
    }

    /// What somebody has chosen.
    static FilterState chosen(
            Optional<String> route,
            Optional<String> tool,
            Optional<String> caller,
            Optional<String> client,
            Optional<String> outcome,
            Optional<String> decision,
            Optional<String> rule,
            Optional<String> text,
            TimeFields time) {
        return new FilterState(
                route,
                tool,
                caller,
                client,
                outcome,
                decision,
                rule,
                text,
                time.period(),
                time.from(),
                time.to(),
                Optional.empty());
    }

    static FilterState of(QueryParameters parameters) {
        return new FilterState(
                parameters.getSingleParameter("route"),
                parameters.getSingleParameter("tool"),
                parameters.getSingleParameter("caller"),
                parameters.getSingleParameter("client"),
                parameters.getSingleParameter("outcome"),
                parameters.getSingleParameter("decision"),
                parameters.getSingleParameter("rule"),
                parameters.getSingleParameter("q"),
                parameters.getSingleParameter("period").flatMap(Period::named),
                parameters.getSingleParameter("from").flatMap(AskedTimes::read),
                parameters.getSingleParameter("to").flatMap(AskedTimes::read),
                FilterTrouble.in(parameters));
    }

    boolean isEmpty() {
        return equals(none());
    }

    /// How many parts of it are set, the text apart; the time is one of them.
    int besidesText() {
        var time = period.<Object>map(length -> length).or(() -> from).or(() -> to);
        return (int) Stream.of(route, tool, caller, client, outcome, decision, rule, time)
                .filter(Optional::isPresent)
                .count();
    }

    /// What is wanted at that time. A period that begins when the time is over has nothing in it.
    ///
    /// @throws BadRequestException when something is wrong with it
    ToolCallFilter filter(Instant now) {
        trouble.ifPresent(sentence -> {
            throw new BadRequestException(sentence);
        });
        return new ToolCallFilter(
                route,
                tool,
                caller,
                client,
                outcome,
                decision,
                rule,
                text,
                from.or(() -> period.map(Period::length)
                        .map(length -> now.minus(length).atOffset(ZoneOffset.UTC))
                        .map(begin -> to.filter(begin::isAfter).orElse(begin))),
                to);
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        route.ifPresent(value -> parameters.put("route", value));
        tool.ifPresent(value -> parameters.put("tool", value));
        caller.ifPresent(value -> parameters.put("caller", value));
        client.ifPresent(value -> parameters.put("client", value));
        outcome.ifPresent(value -> parameters.put("outcome", value));
        decision.ifPresent(value -> parameters.put("decision", value));
        rule.ifPresent(value -> parameters.put("rule", value));
        text.ifPresent(value -> parameters.put("q", value));
        period.ifPresent(value -> parameters.put("period", value.inUrl()));
        from.ifPresent(value -> parameters.put("from", value.toString()));
        to.ifPresent(value -> parameters.put("to", value.toString()));
        return QueryParameters.simple(Map.copyOf(parameters));
    }

    String asQuery() {
        return isEmpty() ? "" : "?" + asParameters().getQueryString();
    }
}
