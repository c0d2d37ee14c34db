package dev.portcullis.bench;

import java.util.Arrays;

/// The delays of events, in nanoseconds. Threads may share an instance; beyond its bound it keeps no
/// more.
public final class Delays {
    private final long[] nanos = new long[2_000_000];
    private int count;

    public synchronized void add(long delay) {
        if (count < nanos.length) {
            nanos[count++] = delay;
        }
    }

    /// Forgets what was measured so far.
    synchronized void clear() {
        count = 0;
    }

    /// Hands everything measured so far to `other`.
    void moveTo(Delays other) {
        long[] moved;
        synchronized (this) {
            moved = Arrays.copyOf(nanos, count);
            count = 0;
        }
        Arrays.stream(moved).forEach(other::add);
    }

    public synchronized int count() {
        return count;
    }

    /// The delay that this share of all events did not exceed, in milliseconds.
    ///
    /// @param share between 0 and 1
    /// @throws IllegalStateException when nothing was measured
    public synchronized double percentile(double share) {
        if (count == 0) {
            throw new IllegalStateException("no event has come");
        }
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * count))] / 1e6;
    }
}
