package dev.portcullis.console.replay;

import dev.portcullis.policy.recorded.RecordedExchange;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads records page by page and compares them, on several threads at once.
///
/// It holds a few pages and the groups found so far, however many records there are. One use; progress
/// and [#cancel] may be asked for from any thread.
final class Replay {
    private static final int PAGE = 500;

    private final ReplayOrder order;
    private final Pages pages;
    private final Comparer comparer;
    private final int threads;
    private final Tally tally;
    private volatile boolean cancelled;
    private volatile Optional<RecordedExchange> cutOffBehind = Optional.empty();

    /// Where records come from.
    interface Pages {
        /// The records behind `after`, oldest first; fewer than `limit` only at the end.
        List<RecordedExchange> next(Optional<RecordedExchange> after, int limit);
    }

    /// @param comparer safe for as many threads
    Replay(ReplayOrder order, Pages pages, Comparer comparer, int threads) {
        this.order = order;
        this.pages = pages;
        this.comparer = comparer;
        this.threads = threads;
        this.tally = new Tally(order.samples());
    }

    /// Reads and compares until the end, the limit, or [#cancel].
    void run() throws InterruptedException, ExecutionException {
        try (var workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("replay-", 0).factory())) {
            var pending = new ArrayDeque<Future<?>>();
            var after = Optional.<RecordedExchange>empty();
            for (var left = order.limit(); left > 0 && !cancelled; ) {
                var size = Math.min(PAGE, left);
                var page = pages.next(after, size);
                left -= page.size();
                pending.add(workers.submit(() -> compare(page)));
                while (pending.size() > 2 * threads) {
                    pending.removeFirst().get();
                }
                if (page.size() < size) {
                    break;
                }
                after = Optional.of(page.getLast());
                if (left == 0 && !pages.next(after, 1).isEmpty()) {
                    cutOffBehind = after;
                }
            }
            for (var last : pending) {
                last.get();
            }
        }
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// The last record that was read, when there are more than were to be read.
    Optional<RecordedExchange> cutOffBehind() {
        return cutOffBehind;
    }

    ReplayFindings findings() {
        synchronized (tally) {
            return tally.findings();
        }
    }

    long records() {
        synchronized (tally) {
            return tally.records();
        }
    }

    private void compare(List<RecordedExchange> page) {
        var comparisons = page.stream()
                .takeWhile(any -> !cancelled)
                .map(comparer::compare)
                .toList();
        synchronized (tally) {
            for (var i = 0; i < comparisons.size(); i++) {
                tally.add(page.get(i), comparisons.get(i));
            }
        }
    }
}
