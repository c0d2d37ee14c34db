package dev.portcullis.console.components;

import com.vaadin.flow.router.QueryParameters;

import java.util.Optional;
import java.util.function.Predicate;

/// A parameter of an address that somebody has written by hand or cut short.
public final class UnreadableParameter {
    private UnreadableParameter() {}

    /// Says what is wrong with it; nothing is when it is absent.
    ///
    /// @param expected for instance `a day such as 2026-11-27`
    public static Optional<String> in(
            QueryParameters parameters, String name, Predicate<String> isReadable, String expected) {
        return parameters
                .getSingleParameter(name)
                .filter(isReadable.negate())
                .map(text -> "The address says " + name + "=" + text + "; expected is " + expected + ".");
    }
}
