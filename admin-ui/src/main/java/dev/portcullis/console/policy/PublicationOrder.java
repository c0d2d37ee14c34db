package dev.portcullis.console.policy;

import java.util.List;

/// A publication, and what its author believes the state to be.
///
/// @param expectations all of which have to be met
public record PublicationOrder(Publication publication, List<Expectation> expectations) {
    public PublicationOrder {
        expectations = List.copyOf(expectations);
    }

    static PublicationOrder of(Publication publication, Expectation... expectations) {
        return new PublicationOrder(publication, List.of(expectations));
    }
}
