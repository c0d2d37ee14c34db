package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.toolcalls.ToolCallFilter;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The filter as it stands in the URL.
///
/// @param outcome one, or several with commas between them
/// @param period how far back from now; it moves with the clock
/// @param exactly what other screens ask for
record FilterState(
        Optional<String> route,
        Optional<String> tool,
        Optional<String> caller,
        Optional<String> outcome,
        Optional<Period> period,
        ExactFilter exactly) {

    static FilterState none() {
        return new FilterState(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ExactFilter.none());
    }

    static FilterState of(QueryParameters parameters) {
        return new FilterState(
                parameters.getSingleParameter("route"),
                parameters.getSingleParameter("tool"),
                parameters.getSingleParameter("caller"),
                parameters.getSingleParameter("outcome"),
                parameters.getSingleParameter("period").flatMap(Period::named),
                ExactFilter.of(parameters));
    }

    boolean isEmpty() {
        return equals(none());
    }

    ToolCallFilter filter(Instant now) {
        return new ToolCallFilter(
                route,
                tool,
                caller,
                outcome,
                exactly.decision(),
                period.map(Period::length)
                        .map(length -> now.minus(length).atOffset(ZoneOffset.UTC))
                        .or(exactly::from),
                exactly.to(),
                exactly.rule());
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        route.ifPresent(value -> parameters.put("route", value));
        tool.ifPresent(value -> parameters.put("tool", value));
        caller.ifPresent(value -> parameters.put("caller", value));
        outcome.ifPresent(value -> parameters.put("outcome", value));
        period.ifPresent(value -> parameters.put("period", value.inUrl()));
        exactly.putInto(parameters);
        return QueryParameters.simple(Map.copyOf(parameters));
    }

    String asQuery() {
        return isEmpty() ? "" : "?" + asParameters().getQueryString();
    }
}
