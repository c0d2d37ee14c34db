package dev.portcullis.policy.engine;

import java.time.Duration;

/// Hears how questions to an OPA server end. Called from any thread; must be quick.
@FunctionalInterface
public interface OpaMeter {
    /// @param outcome `answered`, or why not: a short key out of a fixed set
    void asked(String outcome, Duration took);
}
