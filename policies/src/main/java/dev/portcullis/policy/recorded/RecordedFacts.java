package dev.portcullis.policy.recorded;

import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.Wishes;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the policy was asked beside what the other columns of a record say; the column `policy_facts`.
///
/// @param subject what the policy's answer was about
/// @param definition the tool's definition as the policy knew it
/// @param readOnlyHint the upstream's claim about the tool
/// @param uris the resources that a message names
/// @param prompt the prompt that a message names
/// @param altered parts of the question that the record does not hold as they were
/// @param arguments what is kept of a call's arguments; their JSON stands in a column of its own
public record RecordedFacts(
        Subject subject,
        Wishes wishes,
        Optional<String> definition,
        Optional<Boolean> readOnlyHint,
        List<String> uris,
        Optional<String> prompt,
        Set<Part> altered,
        Optional<KeptArguments> arguments) {
    public RecordedFacts {
        uris = List.copyOf(uris);
        altered = Set.copyOf(altered);
    }

    /// What an answer of the policy was about.
    public enum Subject {
        /// A connection; what came over it was not asked about.
        CONNECTION,
        MESSAGE,
        TOOL_CALL,
        /// Something that came later: a question of the server, or whether a stream may go on.
        LATER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Parts of a question that a record may be unable to hold, since they look like secrets, are too long,
    /// or are no texts that the database takes.
    public enum Part {
        TOOL,
        CALLER,
        GROUPS,
        CLIENT,
        WISHES,
        URIS,
        PROMPT,
        METHOD;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The same with more parts that the record does not hold as they were.
    public RecordedFacts withAltered(Set<Part> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new HashSet<>(altered);
        all.addAll(more);
        return new RecordedFacts(subject, wishes, definition, readOnlyHint, uris, prompt, all, arguments);
    }
}
