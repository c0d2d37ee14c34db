package dev.portcullis.proxy.audit;

import dev.portcullis.policy.recorded.RecordedFacts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Records in the order they were completed, waiting to be written. Adding never waits; one thread
/// takes.
///
/// It has no bound of its own: whoever adds holds a slot of the [AuditTrail], and slots are bounded.
final class Backlog {
    /// About what a record takes without its texts of unusual length.
    private static final long BASE_BYTES = 1024;
    /// About what is kept of a hidden value.
    private static final long HIDDEN_BYTES = 256;

    private final LinkedTransferQueue<Entry> entries = new LinkedTransferQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /// A record and when it came.
    record Entry(AuditRecord record, long sinceNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    void add(AuditRecord record) {
        bytes.addAndGet(weight(record));
        entries.add(new Entry(record, System.nanoTime()));
    }

    /// Waits for a first record, then for company until the first is `linger` old or there are `most`.
    ///
    /// @param patience how long to wait for the first
    /// @return none when no record came in time
    List<Entry> take(Duration patience, Duration linger, int most) throws InterruptedException {
        var taken = new ArrayList<Entry>();
        Optional.ofNullable(entries.poll(patience.toNanos(), TimeUnit.NANOSECONDS))
                .ifPresent(taken::add);
        while (!taken.isEmpty() && taken.size() < most) {
            if (entries.drainTo(taken, most - taken.size()) == 0) {
                var rest = linger.minus(taken.getFirst().age());
                var next = entries.poll(Math.max(0, rest.toNanos()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                taken.add(next);
            }
        }
        return taken;
    }

    /// Says that a taken record is done with and takes no memory any more.
    void forget(Entry entry) {
        bytes.addAndGet(-weight(entry.record));
    }

    int size() {
        return entries.size();
    }

    /// How much the records take that were added and not forgotten.
    long bytes() {
        return bytes.get();
    }

    Optional<Duration> oldest() {
        return Optional.ofNullable(entries.peek()).map(Entry::age);
    }

    private static long weight(AuditRecord record) {
        return BASE_BYTES
                + 2L * record.argumentsJson().map(String::length).orElse(0)
                + HIDDEN_BYTES
                        * record.policyFacts()
                                .flatMap(RecordedFacts::arguments)
                                .map(arguments -> arguments.hidden().size())
                                .orElse(0);
    }
}
