package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.AskedTimes;
import dev.portcullis.console.components.UnreadableParameter;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallFilter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is wrong with a filter in an address that somebody has written or cut short.
final class FilterTrouble {
    private FilterTrouble() {}

    /// The first that is wrong, as a sentence.
    static Optional<String> in(QueryParameters parameters) {
        return Stream.of(
                        UnreadableParameter.in(
                                parameters,
                                "from",
                                text -> AskedTimes.read(text).isPresent(),
                                AskedTimes.EXPECTED),
                        UnreadableParameter.in(
                                parameters, "to", text -> AskedTimes.read(text).isPresent(), AskedTimes.EXPECTED),
                        UnreadableParameter.in(
                                parameters, "period", text -> Period.named(text).isPresent(), periods()),
                        UnreadableParameter.in(
                                parameters, "outcome", FilterTrouble::areOutcomes, oneOf(ToolCall.OUTCOMES)),
                        UnreadableParameter.in(
                                parameters, "decision", ToolCall.DECISIONS::contains, oneOf(ToolCall.DECISIONS)),
                        upsideDown(parameters))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> upsideDown(QueryParameters parameters) {
        var from = parameters.getSingleParameter("from").flatMap(AskedTimes::read);
        var to = parameters.getSingleParameter("to").flatMap(AskedTimes::read);
        return from.filter(begin -> to.filter(end -> !begin.isBefore(end)).isPresent())
                .map(_ -> "The time ends before it begins: choose an end behind the beginning.");
    }

    private static boolean areOutcomes(String text) {
        return ToolCall.OUTCOMES.containsAll(ToolCallFilter.outcomesIn(text));
    }

    private static String periods() {
        return oneOf(Arrays.stream(Period.values()).map(Period::inUrl).toList());
    }

    private static String oneOf(List<String> words) {
        return words.stream().collect(Collectors.joining(", ", "one of ", ""));
    }
}
