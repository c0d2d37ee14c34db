package dev.portcullis.console.toolcalls;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which exchanges are wanted. Everything present must hold; names are compared exactly.
///
/// @param outcome one, or several with commas between them
/// @param from the earliest time, inclusive
/// @param to the latest time, exclusive
/// @param rule one of those that decided
public record ToolCallFilter(
        Optional<String> route,
        Optional<String> tool,
        Optional<String> caller,
        Optional<String> outcome,
        Optional<String> decision,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to,
        Optional<String> rule) {

    /// Whatever the rules are.
    public ToolCallFilter(
            Optional<String> route,
            Optional<String> tool,
            Optional<String> caller,
            Optional<String> outcome,
            Optional<String> decision,
            Optional<OffsetDateTime> from,
            Optional<OffsetDateTime> to) {
        this(route, tool, caller, outcome, decision, from, to, Optional.empty());
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

    /// The same without what is older.
    public ToolCallFilter notBefore(OffsetDateTime time) {
        var later = from.filter(time::isBefore).orElse(time);
        return new ToolCallFilter(route, tool, caller, outcome, decision, Optional.of(later), to, rule);
    }

    /// Whether `call` is wanted.
    public boolean matches(ToolCall call) {
        return holds(route, call.route())
                && holds(tool, call.tool())
                && holds(caller, call.caller())
                && (outcome.isEmpty() || outcomes().contains(call.outcome()))
                && holds(decision, Optional.of(call.decision()))
                && from.map(earliest -> !call.occurredAt().isBefore(earliest)).orElse(true)
                && to.map(latest -> call.occurredAt().isBefore(latest)).orElse(true)
                && rule.map(call.rules()::contains).orElse(true);
    }

    /// The wanted ones; none for all of them.
    public List<String> outcomes() {
        return outcome.map(names -> List.of(names.split(","))).orElseGet(List::of);
    }

    private static boolean holds(Optional<String> wanted, Optional<String> value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    /// What is wanted, in one line for records: `route=port-eu outcome=denied`.
    public String describe() {
        return Stream.of(
                        part("route", route),
                        part("tool", tool),
                        part("caller", caller),
                        part("outcome", outcome),
                        part("decision", decision),
                        part("from", from),
                        part("to", to),
                        part("rule", rule))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> part(String name, Optional<?> value) {
        return value.map(wanted -> name + "=" + wanted);
    }
}
