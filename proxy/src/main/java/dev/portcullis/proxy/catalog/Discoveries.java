package dev.portcullis.proxy.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Definitions that wait to be written. Adding never waits; one thread takes. Holds at most
/// [#MOST_BYTES]; what finds no room is turned away, and is found again in the next list.
final class Discoveries {
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final LinkedTransferQueue<Discovery> waiting = new LinkedTransferQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /// @return whether there was room
    boolean offer(Discovery discovery) {
        if (bytes.addAndGet(discovery.weight()) > MOST_BYTES) {
            bytes.addAndGet(-discovery.weight());
            return false;
        }
        waiting.add(discovery);
        return true;
    }

    /// Waits for a first one, and takes what is there with it. They count until [#done].
    List<Discovery> take(Duration patience, int most) throws InterruptedException {
        var taken = new ArrayList<Discovery>();
        Optional.ofNullable(waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS))
                .ifPresent(taken::add);
        if (!taken.isEmpty()) {
            waiting.drainTo(taken, most - 1);
        }
        return taken;
    }

    void done(Discovery discovery) {
        bytes.addAndGet(-discovery.weight());
    }
}
