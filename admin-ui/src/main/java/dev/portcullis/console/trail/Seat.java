package dev.portcullis.console.trail;

import java.util.concurrent.atomic.AtomicBoolean;

/// One of the few from which the tail may be listened to. It is held from before the listener catches up until
/// it is gone, and given back once, however often it is closed.
final class Seat implements AutoCloseable {
    private final Runnable leave;
    private final AtomicBoolean left = new AtomicBoolean();

    /// @param leave gives it back
    Seat(Runnable leave) {
        this.leave = leave;
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave.run();
        }
    }
}
