package dev.portcullis.console.publication;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A publication that waits, or waited, for a second person or for its time. What is proposed never changes: one that
/// has to be another one is another proposal.
///
/// @param id its number
/// @param authorPerson who is behind the author: the maker of a token, or the author
/// @param baseVersion the version that was in force, and has to be when it is published
/// @param draftRevision the draft's revision at the time
/// @param restores the earlier version whose document it is
/// @param replaces the proposal that it takes the place of
/// @param publishAt when it is to be published; empty for as soon as it may be
public record Proposal(
        long id,
        State state,
        String comment,
        String author,
        String authorPerson,
        Optional<String> source,
        Optional<Long> restores,
        Optional<Long> replaces,
        long baseVersion,
        long draftRevision,
        Optional<OffsetDateTime> publishAt,
        OffsetDateTime madeAt,
        Optional<Approval> approval,
        Optional<Ending> ending) {
    /// Consoles look every second, and a publication may take some.
    private static final long LATE_SECONDS = 60;

    /// Where a proposal stands.
    public enum State {
        /// A second person has to approve it.
        OPEN,
        /// It waits for its time.
        SCHEDULED,
        PUBLISHED,
        REJECTED,
        /// Its author took it back.
        WITHDRAWN,
        /// It was not to be published at its time any more.
        CANCELLED,
        /// It could not be published at its time.
        REFUSED;

        /// As the database and the API spell it.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }

        /// Those in which something can still come of it.
        public static List<State> waiting() {
            return List.of(OPEN, SCHEDULED);
        }
    }

    /// A second person's word.
    public record Approval(String approver, String comment, OffsetDateTime at) {}

    /// What came of it.
    ///
    /// @param reason why, where it was not published
    /// @param version the one it became
    /// @param lateSeconds how long after its time it was carried out
    public record Ending(
            String by, OffsetDateTime at, Optional<String> reason, Optional<Long> version, OptionalLong lateSeconds) {

        /// Whether no console was there at its time.
        public boolean late() {
            return lateSeconds.orElse(0) > LATE_SECONDS;
        }
    }

    public boolean isWaiting() {
        return ending.isEmpty();
    }

    /// As records and people call it.
    public String name() {
        return "proposal " + id;
    }
}
