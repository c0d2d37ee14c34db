package dev.portcullis.console.sinks;

import java.util.List;

/// The other end of a sink, which can be away.
public interface TestReceiver extends AutoCloseable {
    SinkSettings.Receiver settings();

    /// Comes up, or comes back.
    void start();

    /// Goes away at once, whatever is under way.
    void stop();

    /// The ids of all it has read, in order, repetitions included.
    List<String> ids();

    @Override
    default void close() {
        stop();
    }
}
