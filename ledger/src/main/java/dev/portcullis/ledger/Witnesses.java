package dev.portcullis.ledger;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What is known of a chain besides its own records: anchors kept outside of the database, and the chain
/// that its writer began after it. Each names a place and its hash.
final class Witnesses {

    /// @param where what says so
    record Witness(Link place, String where) {}

    private final List<Sequence> sequences = new ArrayList<>();

    /// @param successor what the chain after it says
    /// @param anchors of this chain, each list in order
    Witnesses(Optional<Witness> successor, List<Iterator<Witness>> anchors) {
        successor.ifPresent(
                witness -> sequences.add(new Sequence(List.of(witness).iterator())));
        anchors.forEach(witnesses -> sequences.add(new Sequence(witnesses)));
    }

    void check(Link at) {
        sequences.forEach(sequence -> sequence.check(at));
    }

    /// What is before `at` was dropped, and nothing can be said of it.
    void skipTo(Link at) {
        sequences.forEach(sequence -> sequence.skip(at.sequence()));
        check(at);
    }

    /// The chain ends at `at`.
    void end(Link at) {
        sequences.forEach(sequence -> sequence.end(at));
    }

    /// Witnesses in order.
    ///
    /// One that comes too late says nothing that a later place does not say as well.
    private static final class Sequence {
        private final Iterator<Witness> rest;
        private Optional<Witness> next;

        Sequence(Iterator<Witness> rest) {
            this.rest = rest;
            this.next = advance();
        }

        void check(Link at) {
            while (next.filter(witness -> witness.place().sequence() <= at.sequence())
                    .isPresent()) {
                var witness = next.get();
                if (witness.place().sequence() == at.sequence()
                        && !witness.place().equals(at)) {
                    throw BadPlace.at(at, "", witness.where() + " has another hash: records were replaced");
                }
                next = advance();
            }
        }

        void skip(long sequence) {
            while (next.filter(witness -> witness.place().sequence() < sequence).isPresent()) {
                next = advance();
            }
        }

        void end(Link at) {
            if (next.isPresent()) {
                var place = next.get().place();
                throw BadPlace.at(
                        at.chain(),
                        at.sequence() + 1,
                        "",
                        "records up to " + place.sequence() + " are missing: "
                                + next.get().where() + " has them");
            }
        }

        private Optional<Witness> advance() {
            return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }
    }
}
