package dev.portcullis.proxy.audit;

import dev.portcullis.ledger.Checkpoint;

import java.io.IOException;

/// A place outside of the database that keeps checkpoints.
public interface Anchor {

    /// Keeps it, and returns only then. May wait.
    ///
    /// @throws IOException when it is not kept, or this is not known
    void keep(Checkpoint checkpoint) throws IOException;
}
