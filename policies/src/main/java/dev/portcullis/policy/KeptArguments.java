package dev.portcullis.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of a call as a record holds them, with what a rule needs of the values it hides.
///
/// @param json the arguments without those values
/// @param hidden the values that `json` does not hold as they were
/// @param urls what they say about the hosts that the call reaches
/// @param tests the tests of arguments, by their names, that the policy in force then put to hidden
///     values, and whether they held; those that digests answer are left out
/// @param digests what made the digests; absent when it is no longer there, so that they say nothing
public record KeptArguments(
        String json,
        List<HiddenValue> hidden,
        HiddenUrls urls,
        Map<String, Boolean> tests,
        Optional<ValueDigests> digests) {
    public KeptArguments {
        hidden = List.copyOf(hidden);
        tests = Map.copyOf(tests);
    }

    /// Arguments that hide nothing.
    public static KeptArguments whole(String json) {
        return new KeptArguments(json, List.of(), HiddenUrls.NONE, Map.of(), Optional.empty());
    }

    /// Whether they are all that the call's arguments were.
    public boolean isWhole() {
        return hidden.isEmpty();
    }

    /// How a rule reads what was not kept. No rule refuses more in the lenient reading than it really did,
    /// and none less in the strict one: where both agree, nothing had to be known.
    public enum Reading {
        /// What is not known matches no rule, and every exception.
        LENIENT,
        /// What is not known matches every rule, and no exception.
        STRICT
    }
}
