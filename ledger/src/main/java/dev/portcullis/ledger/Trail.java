package dev.portcullis.ledger;

import java.io.IOException;
import java.util.function.Consumer;

/// An audit trail that can be read from its beginning to its end, at constant memory.
public interface Trail {

    /// Hands over every entry, in the order of [TrailEntry]. What `reader` throws ends it.
    ///
    /// @throws IOException when it cannot be read, with a sentence
    void read(Consumer<TrailEntry> reader) throws IOException;
}
