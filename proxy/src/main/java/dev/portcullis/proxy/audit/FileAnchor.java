package dev.portcullis.proxy.audit;

import dev.portcullis.ledger.AnchorFile;
import dev.portcullis.ledger.Checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/// Keeps checkpoints in a file, see [AnchorFile].
public record FileAnchor(Path file) implements Anchor {

    /// Where it is, for evidence.
    public String place() {
        return "file " + file.toAbsolutePath().normalize();
    }

    @Override
    public void keep(Checkpoint checkpoint) throws IOException {
        AnchorFile.append(file, checkpoint);
    }
}
