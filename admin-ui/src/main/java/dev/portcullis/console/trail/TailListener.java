package dev.portcullis.console.trail;

import dev.portcullis.console.toolcalls.ToolCallFilter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One who is told of every new exchange that a filter wants.
///
/// The thread that looks at the chains offers, the listener's own thread takes. What waits is bounded:
/// a listener that is slower than the trail grows is dropped, and comes back with its places.
final class TailListener {
    /// A look is twice a second, so this is some ten seconds of them.
    private static final int MOST_LOOKS = 20;
    private static final int MOST_CALLS = 2_000;

    private final UUID token;
    private final ToolCallFilter filter;
    private final Deque<Look> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Places read;
    private int calls;
    private boolean dropped;

    /// @param token with which it came; it hears for as long as that is good
    TailListener(UUID token, ToolCallFilter filter, Places read) {
        this.token = token;
        this.filter = filter;
        this.read = read;
    }

    UUID token() {
        return token;
    }

    /// Never waits.
    void offer(Look look) {
        lock.lock();
        try {
            if (!dropped
                    && (waiting.size() >= MOST_LOOKS || calls + look.calls().size() > MOST_CALLS)) {
                drop();
            } else if (!dropped) {
                waiting.add(look);
                calls += look.calls().size();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Offers no more, and forgets what waits.
    void drop() {
        lock.lock();
        try {
            dropped = true;
            waiting.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isDropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /// The next look; empty when there was none for so long, or no more will come.
    Optional<Look> take(long milliseconds) throws InterruptedException {
        lock.lock();
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
            while (waiting.isEmpty() && !dropped && left > 0) {
                left = changed.awaitNanos(left);
            }
            var look = Optional.ofNullable(waiting.poll());
            look.ifPresent(taken -> calls -= taken.calls().size());
            return look;
        } finally {
            lock.unlock();
        }
    }

    /// Notes that calls have been read, and returns those that are new and wanted. The listener's thread
    /// only.
    List<PlacedCall> read(List<PlacedCall> calls) {
        var fresh = calls.stream()
                .filter(call -> call.sequence() > read.of(call.chain()))
                .toList();
        read = read.after(fresh);
        return fresh.stream().filter(call -> filter.matches(call.call())).toList();
    }

    /// Forgets the places in chains that are gone, so that ids stay short. The listener's thread only.
    void forgetAllBut(Places heads) {
        read = read.within(heads);
    }

    /// How far it has read. The listener's thread only.
    Places read() {
        return read;
    }
}
