package dev.portcullis.console.trail;

import java.io.IOException;
import java.util.List;

/// Where the tail is written to.
public interface TailOutput {
    /// Writes calls, and where the reader is behind them.
    void calls(List<PlacedCall> calls, Places read) throws IOException;

    /// Says that all is well, and where the reader is.
    void heartbeat(Places read) throws IOException;
}
