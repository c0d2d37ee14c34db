package dev.portcullis.ledger;

import java.util.Optional;
import java.util.UUID;

/// The first place of an audit trail that is not as it was written.
///
/// @param chain absent when it belongs to none
/// @param sequence the place in the chain, or 0
/// @param id of the record or what else is there; empty when it is missing
/// @param what is wrong, as a sentence without its end
public record BadPlace(Optional<UUID> chain, long sequence, String id, String what) {

    @Override
    public String toString() {
        return chain.map(of -> "chain " + of + ", place " + sequence + ": ").orElse("")
                + (id.isEmpty() ? "" : id + ": ")
                + what;
    }

    /// Ends the verification.
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient BadPlace place;

        Found(BadPlace place) {
            super(place.toString());
            this.place = place;
        }

        BadPlace place() {
            return place;
        }
    }

    static Found at(Link link, String id, String what) {
        return new Found(new BadPlace(Optional.of(link.chain()), link.sequence(), id, what));
    }

    static Found at(UUID chain, long sequence, String id, String what) {
        return new Found(new BadPlace(Optional.of(chain), sequence, id, what));
    }

    static Found nowhere(String id, String what) {
        return new Found(new BadPlace(Optional.empty(), 0, id, what));
    }
}
