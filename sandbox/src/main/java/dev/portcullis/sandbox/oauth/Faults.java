package dev.portcullis.sandbox.oauth;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The faults that are switched on, each with its number; 0 for those that have none.
public record Faults(Map<Fault, Integer> numbers) {

    public static final Faults NONE = new Faults(Map.of());

    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9-]+)(?:=(\\d{1,7}))?");

    public Faults {
        numbers = Map.copyOf(numbers);
    }

    /// @param written such as `no-registration` or `token-limit=3`
    /// @throws IllegalArgumentException in a sentence, for what is no fault
    public static Faults parse(Collection<String> written) {
        var faults = NONE;
        for (var one : written) {
            var parts = WRITTEN.matcher(one);
            if (!parts.matches()) {
                throw unknown(one);
            }
            var fault = Fault.labelled(parts.group(1)).orElseThrow(() -> unknown(one));
            faults = parts.group(2) == null ? faults.with(fault) : faults.with(fault, Integer.parseInt(parts.group(2)));
        }
        return faults;
    }

    /// These and that one, with its usual number.
    public Faults with(Fault fault) {
        return put(fault, fault.usual().orElse(0));
    }

    /// These and that one.
    ///
    /// @throws IllegalArgumentException when it takes no number, or not this one
    public Faults with(Fault fault, int number) {
        if (fault.usual().isEmpty()) {
            throw new IllegalArgumentException("%s takes no number".formatted(fault.label()));
        }
        if (number < 1 || number > Fault.LARGEST) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: 1 to %d)".formatted(fault.label(), number, Fault.LARGEST));
        }
        return put(fault, number);
    }

    boolean has(Fault fault) {
        return numbers.containsKey(fault);
    }

    /// Its number, or the other one while it is switched off.
    int number(Fault fault, int otherwise) {
        return numbers.getOrDefault(fault, otherwise);
    }

    /// `token-limit=3, no-registration`, or `none`.
    @Override
    public String toString() {
        return numbers.isEmpty()
                ? "none"
                : numbers.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(one -> one.getKey().label() + (one.getValue() == 0 ? "" : "=" + one.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private Faults put(Fault fault, int number) {
        var more = new EnumMap<Fault, Integer>(Fault.class);
        more.putAll(numbers);
        more.put(fault, number);
        return new Faults(more);
    }

    private static IllegalArgumentException unknown(String written) {
        return new IllegalArgumentException("%s is no fault (expected: %s)".formatted(written, Fault.labels()));
    }
}
