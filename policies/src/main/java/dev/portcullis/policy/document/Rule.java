package dev.portcullis.policy.document;

import java.util.Optional;

/// A condition (`match`, minus `except`) and exactly one restriction. A rule only ever refuses.
///
/// @param id unique in the document; records and denials name the rule by it
/// @param owner whoever answers for the rule, in words of the organization's own; it decides nothing
/// @param match where the rule applies; [Condition#ALWAYS] when the document has none
/// @param except where it does not apply after all
/// @param message the owner's words to whoever is refused
public record Rule(
        String id,
        Optional<String> description,
        Optional<String> owner,
        Mode mode,
        Condition match,
        Optional<Condition> except,
        Restriction restriction,
        Optional<String> message) {

    /// Whether a rule refuses, or only says what it would have refused.
    public enum Mode {
        ENFORCE,
        OBSERVE;

        /// The name used in documents and answers.
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
