package dev.portcullis.policy;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// What rules say about the record of a tool call, whatever becomes of the call.
///
/// @param hidings what the record does not keep as it was; they add up
/// @param resultBytes how much of the result it keeps, in bytes; empty for nothing
public record Keeping(List<Hiding> hidings, OptionalInt resultBytes) {
    /// No rule says anything: arguments are kept but for what looks like a secret, and no result.
    public static final Keeping USUAL = new Keeping(List.of(), OptionalInt.empty());

    public Keeping {
        hidings = List.copyOf(hidings);
    }

    /// What one rule hides.
    ///
    /// @param rule the rule's id
    /// @param arguments places among the arguments
    /// @param results places in the result
    public record Hiding(String rule, List<PointerPattern> arguments, List<PointerPattern> results, Keep keep) {
        public Hiding {
            arguments = List.copyOf(arguments);
            results = List.copyOf(results);
        }
    }

    /// What is left of a value that is hidden, from more to less.
    public enum Keep {
        /// What tells equal values, and only with the installation's key: see [ValueDigests].
        DIGEST,
        NOTHING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
