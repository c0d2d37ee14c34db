package dev.portcullis.console.trail;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// One of the few from which the tail may be listened to. It is held from before the listener catches up until
/// it is gone, and given back once, however often it is closed.
final class Seat implements AutoCloseable {
    private final Semaphore free;
    private final AtomicBoolean left = new AtomicBoolean();

    /// @param free from which one was acquired
    Seat(Semaphore free) {
        this.free = free;
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            free.release();
        }
    }
}
