package dev.portcullis.console.api;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Bounds how much of something costly is done at once, and how many threads wait for that: all others are told to come
/// again, so that the console has threads left for everything else. First come, first served. Safe for threads.
public final class Turns {
    private final String what;
    private final int most;
    private final int mostWaiting;
    private final Duration patience;
    private final Semaphore free;

    /// @param what is done, in the plural
    /// @param most at once
    /// @param patience how long somebody waits for a turn
    public Turns(String what, int most, int mostWaiting, Duration patience) {
        this.what = what;
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.patience = patience;
        this.free = new Semaphore(most, true);
    }

    /// Does the work when its turn has come. Work must not take another turn of these.
    ///
    /// @throws BusyException when too many wait, or it waited too long
    public <T extends @Nullable Object> T take(Supplier<T> work) {
        if (waiting() >= mostWaiting || !acquire()) {
            throw new BusyException(most + " " + what + " are under way and others wait: come again in a moment.");
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /// How many wait, about.
    int waiting() {
        return free.getQueueLength();
    }

    private boolean acquire() {
        try {
            return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
