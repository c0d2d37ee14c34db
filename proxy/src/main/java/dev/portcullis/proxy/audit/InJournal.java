package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.audit.journal.Journal;
import dev.portcullis.proxy.audit.journal.JournalException;
import dev.portcullis.proxy.config.Durability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// Keeps records in a journal on this machine's disk.
///
/// One thread writes the journal, in the order in which it is told to. When the journal breaks, as on a full disk,
/// nothing is admitted until another one is opened in its place, which is tried every second; what has to be in it
/// is in memory until then.
final class InJournal implements Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(InJournal.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    /// A disk that takes longer for one group of records than this is broken.
    private static final Duration STALL = Duration.ofSeconds(10);

    private final Durability.Journal settings;
    private final Function<AuditRecord, ExchangesRecord> rows;
    private final Backlog backlog;
    private final LongConsumer synced;
    private final Thread thread;
    /// Bounded by the slots of the trail: there are three things to do for each.
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    private final LongAdder failures = new LongAdder();
    private volatile State state = State.NOTHING;
    private volatile boolean closing;
    /// Whether PostgreSQL has all that was in the journal that broke.
    private volatile boolean isShipped;
    private int found;

    // The rest belongs to the thread.
    private final SequencedMap<UUID, Held> held = new LinkedHashMap<>();
    private final Deque<Admission> admissions = new ArrayDeque<>();
    private Optional<Journal> journal;
    private Optional<String> trouble = Optional.empty();
    private long reclaimedAtNanos = System.nanoTime();
    private Optional<Thread> reclaiming = Optional.empty();

    /// A record that PostgreSQL does not have.
    private static final class Held {
        private ExchangesRecord row;
        private long id = Journal.NO_ID;

        private Held(ExchangesRecord row) {
            this.row = row;
        }
    }

    private record Admission(CompletableFuture<Boolean> promise, long sinceNanos) {
        private boolean isStalled() {
            return System.nanoTime() - sinceNanos > STALL.toNanos();
        }
    }

    private InJournal(
            Durability.Journal settings,
            Journal opened,
            Function<AuditRecord, ExchangesRecord> rows,
            Backlog backlog,
            LongConsumer synced) {
        this.settings = settings;
        this.rows = rows;
        this.backlog = backlog;
        this.synced = synced;
        this.journal = Optional.of(opened);
        this.thread = Thread.ofPlatform().name("audit-journal").daemon().unstarted(this::run);
    }

    /// Opens the journal, and hands what another process left in it to the backlog.
    ///
    /// @param rows makes the rows of records
    /// @param synced hears how many nanoseconds each group of records took to reach the disk
    static InJournal start(
            Durability.Journal settings,
            Function<AuditRecord, ExchangesRecord> rows,
            Backlog backlog,
            LongConsumer synced)
            throws JournalException {
        var opened = Journal.open(settings, synced);
        var started = new InJournal(settings, opened, rows, backlog, synced);
        try {
            started.recover(opened);
        } catch (JournalException e) {
            opened.close();
            throw e;
        }
        started.thread.start();
        return started;
    }

    private void recover(Journal opened) throws JournalException {
        for (var kept : opened.kept()) {
            if (!kept.isWhole()) {
                // Nobody was told that it is durable, so nothing was forwarded.
                opened.remove(kept.id());
                continue;
            }
            try {
                var each = new Held(RowCodec.decode(kept.record()));
                each.id = kept.id();
                var older = held.put(each.row.getId(), each);
                if (older != null) {
                    opened.remove(older.id);
                }
            } catch (RowCodec.UnreadableRow e) {
                throw new JournalException(
                        "The journal " + settings.directory() + " has a record that this version of the gateway"
                                + " cannot read (" + e.getMessage()
                                + "): start the version that wrote it once more until it has shipped all of it.",
                        e);
            }
        }
        opened.forgetKept();
        found = held.size();
        held.values().forEach(each -> backlog.add(new Backlog.Kept(each.row, true)));
        if (found > 0) {
            LOG.atInfo().addKeyValue("records", held.size()).log("audit records were found in the journal");
        }
        publish();
    }

    /// How many records were found at the start.
    int found() {
        return found;
    }

    @Override
    public Eventual<Boolean> admit(AuditRecord intent) {
        var promise = new CompletableFuture<Boolean>();
        work.add(() -> {
            try {
                admit(intent, promise);
            } catch (RuntimeException | Error e) {
                promise.complete(false);
                throw e;
            }
        });
        return Eventual.later(promise);
    }

    private void admit(AuditRecord intent, CompletableFuture<Boolean> promise) {
        if (journal.isEmpty() || trouble.isPresent()) {
            promise.complete(false);
            return;
        }
        admissions.add(new Admission(promise, System.nanoTime()));
        var admitted = new Held(rows.apply(intent));
        held.put(intent.id(), admitted);
        admitted.id = journal.get().add(RowCodec.encode(admitted.row), failure -> promise.complete(failure.isEmpty()));
    }

    @Override
    public void complete(AuditRecord record) {
        work.add(() -> end(record));
    }

    private void end(AuditRecord record) {
        try {
            var row = rows.apply(record);
            var ended = held.computeIfAbsent(record.id(), id -> new Held(row));
            ended.row = row;
            journal.ifPresent(open -> write(open, ended));
            backlog.add(new Backlog.Kept(row, false));
        } catch (OutOfMemoryError e) {
            // There is no other copy of how it ended.
            work.add(() -> end(record));
            throw e;
        }
    }

    private void write(Journal open, Held ended) {
        var bytes = RowCodec.encode(ended.row);
        if (ended.id == Journal.NO_ID) {
            ended.id = open.add(bytes);
        } else {
            open.replace(ended.id, bytes);
        }
    }

    @Override
    public void committed(List<UUID> exchanges) {
        work.add(() -> exchanges.forEach(exchange -> {
            var done = held.remove(exchange);
            if (done != null && done.id != Journal.NO_ID) {
                journal.ifPresent(open -> open.remove(done.id));
            }
            isShipped = isShipped || held.isEmpty();
        }));
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public boolean isLostWithTheProcess() {
        return state.trouble().isPresent();
    }

    @Override
    public void settle(Duration patience) throws InterruptedException {
        var settled = new CountDownLatch(1);
        work.add(settled::countDown);
        var _ = settled.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closing = true;
        try {
            var _ = thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing || !work.isEmpty()) {
            try {
                var next = work.poll(TICK.toNanos(), TimeUnit.NANOSECONDS);
                if (next != null) {
                    next.run();
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException | Error e) {
                fail(e);
            }
            look();
        }
        admissions.forEach(waiting -> waiting.promise.complete(false));
        journal.ifPresent(Journal::close);
    }

    private void look() {
        try {
            watch();
            publish();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /// Gives up on the journal, and goes on whatever happened: without the thread whoever waits would wait for ever,
    /// and nobody would be told.
    private void fail(Throwable fault) {
        try {
            rest(TICK);
            journal.ifPresent(open -> open.failed(fault.toString()));
            LOG.atError().setCause(fault).log("the audit journal fails");
        } catch (RuntimeException | Error again) {
            // There is no memory to say it with either.
            failures.increment();
        }
    }

    private void watch() {
        while (!admissions.isEmpty() && admissions.getFirst().promise.isDone()) {
            admissions.removeFirst();
        }
        journal.ifPresent(open -> {
            if (!admissions.isEmpty() && admissions.getFirst().isStalled()) {
                open.failed("the disk does not answer");
            }
            open.failure().ifPresentOrElse(reason -> broken(open, reason), () -> reclaim(open));
        });
    }

    /// A full journal takes nothing new, and so would never find out that what is in it was shipped. That is waiting
    /// for the disk, which the thread that notices a disk that does not answer must not.
    private void reclaim(Journal open) {
        var now = System.nanoTime();
        if (open.isFull()
                && now - reclaimedAtNanos > RETRY.toNanos()
                && reclaiming.filter(Thread::isAlive).isEmpty()) {
            reclaimedAtNanos = now;
            reclaiming = Optional.of(Thread.ofPlatform()
                    .name("audit-journal-reclaiming")
                    .daemon()
                    .start(open::reclaim));
        }
    }

    private void broken(Journal open, String reason) {
        failures.increment();
        trouble = Optional.of(reason);
        journal = Optional.empty();
        // It may never end, and is not the next journal's business.
        reclaiming = Optional.empty();
        // Whoever is refused finds the reason.
        publish();
        admissions.forEach(waiting -> waiting.promise.complete(false));
        admissions.clear();
        held.values().forEach(each -> each.id = Journal.NO_ID);
        isShipped = held.isEmpty();
        Thread.ofPlatform().name("audit-journal-mending").daemon().start(() -> mend(open));
    }

    /// Waits for the disk, which the thread must not.
    private void mend(Journal broken) {
        broken.close();
        while (!closing) {
            try {
                var opened = opened();
                work.add(() -> takeOver(opened));
                if (closing) {
                    opened.close();
                }
                return;
            } catch (JournalException | RuntimeException | Error e) {
                work.add(() -> trouble = Optional.of(String.valueOf(e.getMessage())));
                rest(RETRY);
            }
        }
    }

    /// A disk that is full of what was shipped long ago has no room for a journal that could say so.
    private Journal opened() throws JournalException {
        try {
            return Journal.open(settings, synced);
        } catch (JournalException e) {
            if (!isShipped) {
                throw e;
            }
            Journal.delete(settings);
            return Journal.open(settings, synced);
        }
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes all that has to be in the journal anew, and admits again when that is durable.
    private void takeOver(Journal opened) {
        journal = Optional.of(opened);
        var last = lastHeld();
        for (var each : held.values()) {
            var bytes = RowCodec.encode(each.row);
            each.id = each == last ? opened.add(bytes, failure -> work.add(() -> tookOver(opened))) : opened.add(bytes);
        }
        if (last == null) {
            tookOver(opened);
        }
    }

    private @Nullable Held lastHeld() {
        var last = held.lastEntry();
        return last == null ? null : last.getValue();
    }

    private void tookOver(Journal opened) {
        if (opened.failure().isEmpty()) {
            opened.kept().forEach(stale -> opened.remove(stale.id()));
            opened.forgetKept();
            trouble = Optional.empty();
            LOG.atInfo().addKeyValue("records", held.size()).log("the audit journal is written again");
        }
    }

    private void publish() {
        state = new State(
                held.size(),
                journal.map(Journal::bytes).orElse(0L),
                journal.map(Journal::isFull).orElse(false),
                failures.sum(),
                trouble,
                0);
    }
}
