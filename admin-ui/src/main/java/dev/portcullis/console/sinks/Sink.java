package dev.portcullis.console.sinks;

import dev.portcullis.console.sinks.ocsf.OcsfEvent;

import java.io.IOException;
import java.util.List;

/// Carries events to one receiver. One thread.
public interface Sink extends AutoCloseable {
    /// Returns once the receiver has all of them.
    ///
    /// @throws IOException when it is not known to have them; it may have some
    void send(List<OcsfEvent> events) throws IOException;

    @Override
    void close();
}
