package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.recorded.RecordedFacts;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /// What waits.
    sealed interface Content {
        UUID exchange();

        ExchangesRecord row(ExchangeRows rows);

        /// About how much memory it takes.
        long weight();

        /// Whether the database may have it already.
        default boolean mayRepeat() {
            return false;
        }
    }

    /// A record whose row is made when it is written.
    record Made(AuditRecord record) implements Content {
        @Override
        public UUID exchange() {
            return record.id();
        }

        @Override
        public ExchangesRecord row(ExchangeRows rows) {
            return rows.of(record);
        }

        @Override
        public long weight() {
            return BASE_BYTES
                    + 2L * record.argumentsJson().map(String::length).orElse(0)
                    + HIDDEN_BYTES
                            * record.policyFacts()
                                    .flatMap(RecordedFacts::arguments)
                                    .map(arguments -> arguments.hidden().size())
                                    .orElse(0);
        }
    }

    /// A row as it was kept elsewhere, too.
    ///
    /// @param mayRepeat whether another process kept it, which may have written it
    record Kept(ExchangesRecord row, boolean mayRepeat) implements Content {
        @Override
        public UUID exchange() {
            return row.getId();
        }

        @Override
        public ExchangesRecord row(ExchangeRows rows) {
            return row;
        }

        @Override
        public long weight() {
            return BASE_BYTES
                    + 2L * (length(row.getArguments()) + length(row.getPolicyFacts()) + length(row.getResult()));
        }

        private static int length(@Nullable JSONB json) {
            return json == null ? 0 : json.data().length();
        }
    }

    /// A record and when it came.
    record Entry(Content content, long sinceNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    void add(Content content) {
        bytes.addAndGet(content.weight());
        entries.add(new Entry(content, System.nanoTime()));
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
        bytes.addAndGet(-entry.content().weight());
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
}
