package dev.portcullis.console.toolcalls;

import dev.portcullis.console.api.AskedTimes;
import dev.portcullis.console.api.BadRequestException;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which exchanges are wanted. Everything present must hold; names are compared exactly. What no exchange can be is a
/// [BadRequestException]: an empty answer would look like one that says something.
///
/// @param client what the software calls itself
/// @param outcome one, or several with commas between them
/// @param rule one of those that decided
/// @param text some of the tool, the action, the caller, the client or the refusal, in whatever case; or
///     the whole of an exchange's id, a trace's id or a session's hash
/// @param from the earliest time, inclusive
/// @param to the latest time, exclusive
public record ToolCallFilter(
        Optional<String> route,
        Optional<String> tool,
        Optional<String> caller,
        Optional<String> client,
        Optional<String> outcome,
        Optional<String> decision,
        Optional<String> rule,
        Optional<String> text,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to) {
    public ToolCallFilter {
        text = text.map(String::strip).filter(some -> !some.isEmpty());
        outcome.ifPresent(words -> check("outcome", "one or several of ", outcomesIn(words), ToolCall.OUTCOMES));
        decision.ifPresent(word -> check("decision", "one of ", List.of(word), ToolCall.DECISIONS));
        AskedTimes.check(from, to);
    }

    private static void check(String name, String howMany, List<String> words, List<String> known) {
        words.stream().filter(word -> !known.contains(word)).findFirst().ifPresent(word -> {
            throw new BadRequestException(
                    name + ": " + word + " (expected: " + howMany + String.join(", ", known) + ")");
        });
    }

    /// Whatever the software, the rules and the text are.
    public ToolCallFilter(
            Optional<String> route,
            Optional<String> tool,
            Optional<String> caller,
            Optional<String> outcome,
            Optional<String> decision,
            Optional<OffsetDateTime> from,
            Optional<OffsetDateTime> to) {
        this(route, tool, caller, Optional.empty(), outcome, decision, Optional.empty(), Optional.empty(), from, to);
    }

    public static ToolCallFilter all() {
        return new ToolCallFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether everything is wanted.
    public boolean isEmpty() {
        return equals(all());
    }

    /// The same without what is older: nothing, when all that is wanted is.
    public ToolCallFilter notBefore(OffsetDateTime time) {
        var later = from.filter(time::isBefore).orElse(time);
        var end = to.map(latest -> latest.isBefore(later) ? later : latest);
        return new ToolCallFilter(route, tool, caller, client, outcome, decision, rule, text, Optional.of(later), end);
    }

    /// Whether `call` is wanted.
    public boolean matches(ToolCall call) {
        return holds(route, call.route())
                && holds(tool, call.tool())
                && holds(caller, call.caller())
                && holds(client, call.clientName())
                && (outcome.isEmpty() || outcomes().contains(call.outcome()))
                && holds(decision, Optional.of(call.decision()))
                && rule.map(call.rules()::contains).orElse(true)
                && text.map(some -> mentions(call, some)).orElse(true)
                && from.map(earliest -> !call.occurredAt().isBefore(earliest)).orElse(true)
                && to.map(latest -> call.occurredAt().isBefore(latest)).orElse(true);
    }

    /// The wanted ones; none for all of them.
    public List<String> outcomes() {
        return outcome.map(ToolCallFilter::outcomesIn).orElseGet(List::of);
    }

    /// Those that a text names, with commas between them; whether they are any is not looked at.
    public static List<String> outcomesIn(String text) {
        return List.of(text.split(",", -1));
    }

    private static boolean holds(Optional<String> wanted, Optional<String> value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static boolean mentions(ToolCall call, String text) {
        var some = text.toLowerCase(Locale.ROOT);
        return Stream.of(call.tool(), call.action(), call.caller(), call.clientName(), call.refusal())
                        .flatMap(Optional::stream)
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(some))
                || Stream.of(Optional.of(call.id().toString()), call.traceId(), call.sessionHash())
                        .flatMap(Optional::stream)
                        .anyMatch(some::equals);
    }

    /// What is wanted, in one line for records: `route=port-eu outcome=denied`.
    public String describe() {
        return List.of(
                        part("route", route),
                        part("tool", tool),
                        part("caller", caller),
                        part("client", client),
                        part("outcome", outcome),
                        part("decision", decision),
                        part("rule", rule),
                        part("q", text),
                        part("from", from),
                        part("to", to))
                .stream()
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> part(String name, Optional<?> value) {
        return value.map(wanted -> name + "=" + wanted);
    }
}
