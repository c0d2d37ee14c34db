package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.config.AuditSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The thread that writes the backlog to the database, in order.
///
/// While the database is away it tries again, ever more slowly, and keeps everything. A record that the
/// database refuses holds up nobody: the batch is halved until the record is alone, and is then written
/// without its odd parts.
final class Shipper {
    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(6);
    private static final Duration IDLE_ROUND = Duration.ofMillis(100);

    private final AuditSettings settings;
    private final Backlog backlog;
    private final ExchangeStore store;
    private final ExchangeRows rows;
    private final Safekeeping safekeeping;
    private final Consumer<List<Backlog.Entry>> whenCommitted;
    private final Thread thread;
    private final CountDownLatch finishing = new CountDownLatch(1);
    private final AtomicLong givesUpAt = new AtomicLong();
    private final LongAdder written = new LongAdder();
    private final LongAdder repaired = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile List<Backlog.Entry> inHand = List.of();
    private volatile Optional<String> trouble = Optional.empty();

    /// @param whenCommitted hears once of each record that is committed
    Shipper(
            AuditSettings settings,
            Backlog backlog,
            ExchangeStore store,
            ExchangeRows rows,
            Safekeeping safekeeping,
            Consumer<List<Backlog.Entry>> whenCommitted) {
        this.settings = settings;
        this.backlog = backlog;
        this.store = store;
        this.rows = rows;
        this.safekeeping = safekeeping;
        this.whenCommitted = whenCommitted;
        this.thread = Thread.ofPlatform().name("audit-shipper").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Writes what is there, then ends. Returns when that is done, or logs what is left when `deadline`
    /// has passed.
    void finish(Duration deadline) {
        givesUpAt.set(System.nanoTime() + deadline.toNanos());
        finishing.countDown();
        try {
            if (!thread.join(deadline)) {
                store.abort();
                if (!thread.join(LAST_WORDS)) {
                    sayWhatIsLeft();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// In the place of the thread, which still waits for the database.
    private void sayWhatIsLeft() {
        LOG.atError()
                .addKeyValue("records", inHand.size() + backlog.size())
                .addKeyValue("kept", !safekeeping.isLostWithTheProcess())
                .log("audit records are not written: the database does not answer");
    }

    /// The age of the oldest record that is not committed.
    Duration lag() {
        return inHand.stream()
                .findFirst()
                .map(Backlog.Entry::age)
                .or(backlog::oldest)
                .orElse(Duration.ZERO);
    }

    long written() {
        return written.sum();
    }

    long repaired() {
        return repaired.sum();
    }

    long lost() {
        return lost.sum();
    }

    long failures() {
        return failures.sum();
    }

    /// Why the last attempt failed; empty after one that did not.
    Optional<String> trouble() {
        return trouble;
    }

    private void run() {
        try {
            rehearse();
            while (true) {
                var isLastRound = isFinishing();
                var patience = isLastRound ? Duration.ZERO : IDLE_ROUND;
                var linger = isLastRound ? Duration.ZERO : settings.flush();
                var batch = backlog.take(patience, linger, settings.batch());
                if (!batch.isEmpty()) {
                    inHand = batch;
                    ship(batch);
                    inHand = List.of();
                } else if (isLastRound) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.atError().addKeyValue("waiting", backlog.size()).log("audit trail ends before all is written");
        } finally {
            store.abort();
        }
    }

    private void rehearse() {
        if (store.rehearse() instanceof WriteResult.Unavailable(var reason)) {
            noteFailure(reason);
        }
    }

    private void ship(List<Backlog.Entry> batch) throws InterruptedException {
        var mayRepeat = batch.stream().anyMatch(entry -> entry.content().mayRepeat());
        switch (persist(() -> store.write(rows(batch), mayRepeat))) {
            case WriteResult.Stored() -> committed(batch);
            case WriteResult.Refused(var state) -> isolate(batch, state);
            case WriteResult.Unavailable(var reason) -> giveUp(batch, reason);
        }
    }

    private List<ExchangesRecord> rows(List<Backlog.Entry> batch) {
        return batch.stream().map(entry -> entry.content().row(rows)).toList();
    }

    private void isolate(List<Backlog.Entry> batch, String state) throws InterruptedException {
        if (batch.size() == 1) {
            shipRepaired(batch.getFirst(), state);
        } else {
            int half = batch.size() / 2;
            ship(batch.subList(0, half));
            ship(batch.subList(half, batch.size()));
        }
    }

    private void shipRepaired(Backlog.Entry entry, String state) throws InterruptedException {
        switch (persist(() -> store.writeRepaired(entry.content().row(rows), state))) {
            case WriteResult.Stored() -> {
                repaired.increment();
                LOG.atError()
                        .addKeyValue("exchange", entry.content().exchange())
                        .addKeyValue("state", state)
                        .log("audit record stored without its odd parts");
                committed(List.of(entry));
            }
            case WriteResult.Refused(var again) -> giveUp(List.of(entry), again);
            case WriteResult.Unavailable(var reason) -> giveUp(List.of(entry), reason);
        }
    }

    /// Writes until the database has answered; [WriteResult.Unavailable] only when there is no time
    /// left.
    private WriteResult persist(Supplier<WriteResult> write) throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (!isOutOfTime()) {
            var result = attempt(write);
            if (!(result instanceof WriteResult.Unavailable(var reason))) {
                noteSuccess();
                return result;
            }
            noteFailure(reason);
            rest(pause);
            pause = longer(pause);
        }
        return new WriteResult.Unavailable(trouble.orElse("no time left"));
    }

    /// Lack of memory passes; without the thread no record would be written any more, and nothing would say so.
    private static WriteResult attempt(Supplier<WriteResult> write) {
        try {
            return write.get();
        } catch (Error e) {
            return new WriteResult.Unavailable(e.toString());
        }
    }

    private void noteFailure(String reason) {
        failures.increment();
        if (trouble.isEmpty()) {
            LOG.atWarn().addKeyValue("reason", reason).log("audit trail cannot be written; records are kept");
        }
        trouble = Optional.of(reason);
    }

    private void noteSuccess() {
        if (trouble.isPresent()) {
            LOG.atInfo().addKeyValue("waiting", backlog.size()).log("audit trail is written again");
            trouble = Optional.empty();
        }
    }

    private void committed(List<Backlog.Entry> batch) {
        written.add(batch.size());
        batch.forEach(backlog::forget);
        safekeeping.committed(
                batch.stream().map(entry -> entry.content().exchange()).toList());
        whenCommitted.accept(batch);
    }

    /// Waits for `pause`, or until the end begins; then only as long as between first attempts.
    private void rest(Duration pause) throws InterruptedException {
        if (isFinishing()) {
            TimeUnit.NANOSECONDS.sleep(FIRST_PAUSE.toNanos());
        } else {
            var _ = finishing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean isFinishing() {
        return finishing.getCount() == 0;
    }

    private boolean isOutOfTime() {
        return isFinishing() && System.nanoTime() - givesUpAt.get() >= 0;
    }

    private void giveUp(List<Backlog.Entry> batch, String reason) {
        batch.forEach(backlog::forget);
        if (!safekeeping.isLostWithTheProcess()) {
            LOG.atInfo()
                    .addKeyValue("records", batch.size())
                    .addKeyValue("reason", reason)
                    .log("audit records are kept until the next start");
            return;
        }
        for (var entry : batch) {
            LOG.atError()
                    .addKeyValue("exchange", entry.content().exchange())
                    .addKeyValue("reason", reason)
                    .log("audit record lost: the database did not come back before the end");
            lost.increment();
        }
    }
}
