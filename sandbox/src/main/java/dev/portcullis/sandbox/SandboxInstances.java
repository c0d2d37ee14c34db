package dev.portcullis.sandbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The instances by name, each made when it is first asked for; at most [#CAPACITY]. Thread-safe.
final class SandboxInstances implements AutoCloseable {

    static final int CAPACITY = 64;

    private final Clock clock;
    private final Map<String, SandboxInstance> instances = new HashMap<>();

    SandboxInstances(Clock clock) {
        this.clock = clock;
    }

    /// The instance of that name, or nothing when there are as many others as there may be.
    synchronized Optional<SandboxInstance> named(String name) {
        if (!instances.containsKey(name) && instances.size() >= CAPACITY) {
            return Optional.empty();
        }
        return Optional.of(instances.computeIfAbsent(name, unknown -> new SandboxInstance(clock)));
    }

    @Override
    public synchronized void close() {
        instances.values().forEach(SandboxInstance::close);
        instances.clear();
    }
}
