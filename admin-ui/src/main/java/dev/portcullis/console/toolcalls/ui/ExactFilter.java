package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.components.Moments;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What other screens ask for, which has no field in the bar: it is told, and can be cleared.
record ExactFilter(
        Optional<OffsetDateTime> from, Optional<OffsetDateTime> to, Optional<String> decision, Optional<String> rule) {

    static ExactFilter none() {
        return new ExactFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ExactFilter of(QueryParameters parameters) {
        return new ExactFilter(
                time(parameters, "from"),
                time(parameters, "to"),
                parameters.getSingleParameter("decision"),
                parameters.getSingleParameter("rule"));
    }

    private static Optional<OffsetDateTime> time(QueryParameters parameters, String name) {
        try {
            return parameters.getSingleParameter(name).map(OffsetDateTime::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// The same at any time.
    ExactFilter whenever() {
        return new ExactFilter(Optional.empty(), Optional.empty(), decision, rule);
    }

    void putInto(Map<String, String> parameters) {
        from.ifPresent(time -> parameters.put("from", time.toString()));
        to.ifPresent(time -> parameters.put("to", time.toString()));
        decision.ifPresent(value -> parameters.put("decision", value));
        rule.ifPresent(value -> parameters.put("rule", value));
    }

    /// For people; empty when nothing is asked for.
    String describe() {
        return Stream.of(
                        from.map(time -> "from " + Moments.toTheSecond(time)),
                        to.map(time -> "before " + Moments.toTheSecond(time)),
                        decision.map(value -> value + " by the policy"),
                        rule.map(value -> "by rule " + value))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
