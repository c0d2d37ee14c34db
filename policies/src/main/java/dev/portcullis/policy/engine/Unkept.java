package dev.portcullis.policy.engine;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.document.Scalar;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What can be said of values that a record hides: what their kind and their digest tell, what was noted
/// when they were there, and a doubt about the rest.
///
/// @param noted tests by name, and whether they held
record Unkept(Optional<ValueDigests> digests, Map<String, Boolean> noted, CallArguments.Doubt doubt) {
    /// For arguments that hide nothing.
    static final Unkept NOTHING = new Unkept(Optional.empty(), Map.of(), CallArguments.Doubt.FAILS);

    /// Whether a value is one that a document accepts.
    boolean isOne(HiddenValue hidden, Scalar accepted, String test, boolean exact) {
        return switch (hidden.kind()) {
            case OBJECT -> false;
            case STRING ->
                accepted instanceof Scalar.Text(var text) && same(hidden, test, exact, all -> all.ofText(text));
            case NUMBER ->
                accepted instanceof Scalar.Numeric(var number)
                        && same(hidden, test, exact, all -> all.ofNumber(number));
            case ARRAY -> !exact && unknown(test, exact);
            case UNKNOWN -> unknown(test, exact);
        };
    }

    /// Whether an expression is found in a value.
    boolean isFound(HiddenValue hidden, String test, boolean exact) {
        return switch (hidden.kind()) {
            case OBJECT -> false;
            case STRING, UNKNOWN -> unknown(test, exact);
            case NUMBER, ARRAY -> !exact && unknown(test, exact);
        };
    }

    /// Whether there is no value.
    boolean isAbsent(HiddenValue hidden, String test, boolean exact) {
        return hidden.kind() == HiddenValue.Kind.UNKNOWN && unknown(test, exact);
    }

    private boolean same(HiddenValue hidden, String test, boolean exact, Function<ValueDigests, String> digest) {
        if (digests.isEmpty() || hidden.digest().isEmpty()) {
            return unknown(test, exact);
        }
        return hidden.digest().get().equals(digest.apply(digests.get()));
    }

    private boolean unknown(String test, boolean exact) {
        return noted.getOrDefault(test, doubt.holds(exact));
    }
}
