package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.Eventual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// Keeps intents in PostgreSQL itself: what comes while one group of them is being committed is the next one.
///
/// While PostgreSQL is away, or answers nothing, nothing is admitted, and nobody waits to hear that. What ended is in
/// the backlog alone until it is written; when the
/// process ends before that, it is recorded as `unknown`.
final class InDatabase implements Safekeeping {
    /// How often it looks for what replicas that never came back have left.
    static final Duration SEARCH = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(InDatabase.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 500;
    private static final Optional<String> NO_MEMORY = Optional.of("no memory");

    private final IntentTable table;
    private final Function<AuditRecord, ExchangesRecord> rows;
    private final Backlog backlog;
    private final IntConsumer found;
    private final Duration search;
    private final Thread thread;
    /// Bounded by the slots of the trail.
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    private final LongAdder failures = new LongAdder();
    private volatile int records;
    private volatile int unreadables;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean closing;

    // The rest belongs to the thread.
    /// What may be in the table, and has its record in this process: its own intents, and those it has taken over.
    private final Set<UUID> noted = new HashSet<>();
    private Set<UUID> unreadable = Set.of();
    private Optional<Long> searchedAtNanos = Optional.empty();

    /// Something to be done in the table.
    private sealed interface Job {
        record Add(AuditRecord intent, CompletableFuture<Boolean> promise) implements Job {}

        record Remove(List<UUID> exchanges) implements Job {}
    }

    private InDatabase(
            IntentTable table,
            Function<AuditRecord, ExchangesRecord> rows,
            Backlog backlog,
            IntConsumer found,
            Duration search) {
        this.table = table;
        this.rows = rows;
        this.backlog = backlog;
        this.found = found;
        this.search = search;
        this.thread = Thread.ofPlatform().name("audit-intents").daemon().unstarted(this::run);
    }

    /// @param rows makes the rows of records
    /// @param found hears how many records another process has left, each before it is in the backlog
    /// @param search how often to look for what replicas that never came back have left
    static InDatabase start(
            IntentTable table,
            Function<AuditRecord, ExchangesRecord> rows,
            Backlog backlog,
            IntConsumer found,
            Duration search) {
        var started = new InDatabase(table, rows, backlog, found, search);
        started.thread.start();
        return started;
    }

    @Override
    public Eventual<Boolean> admit(AuditRecord intent) {
        if (trouble.isPresent()) {
            // Nobody waits for a database that does not answer: the thread finds out when it does again.
            return Eventual.now(false);
        }
        var promise = new CompletableFuture<Boolean>();
        jobs.add(new Job.Add(intent, promise));
        return Eventual.later(promise);
    }

    @Override
    public void complete(AuditRecord record) {
        backlog.add(new Backlog.Made(record));
    }

    @Override
    public void committed(List<UUID> exchanges) {
        jobs.add(new Job.Remove(exchanges));
    }

    @Override
    public State state() {
        return new State(records, 0, false, failures.sum(), trouble, unreadables);
    }

    @Override
    public boolean isLostWithTheProcess() {
        return true;
    }

    @Override
    public void settle(Duration patience) {}

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
        while (!closing || !jobs.isEmpty()) {
            var batch = new ArrayList<Job>();
            try {
                Optional.ofNullable(jobs.poll(TICK.toNanos(), TimeUnit.NANOSECONDS))
                        .ifPresent(batch::add);
                jobs.drainTo(batch, MOST_AT_ONCE);
                work(batch);
            } catch (InterruptedException e) {
                break;
            } catch (SQLException | RuntimeException | Error e) {
                fail(batch, e);
                if (closing) {
                    break;
                }
            }
        }
        jobs.forEach(InDatabase::refuse);
        table.close();
    }

    private void work(List<Job> batch) throws SQLException {
        if (isTimeToSearch()) {
            recover();
        } else if (batch.isEmpty() && trouble.isPresent()) {
            table.check();
        }
        var adding = batch.stream()
                .filter(Job.Add.class::isInstance)
                .map(Job.Add.class::cast)
                .toList();
        var removing = batch.stream()
                .filter(Job.Remove.class::isInstance)
                .flatMap(job -> ((Job.Remove) job).exchanges().stream())
                .toList();
        adding.forEach(job -> noted.add(job.intent().id()));
        table.change(adding.stream().map(job -> rows.apply(job.intent())).toList(), removing);
        removing.forEach(noted::remove);
        records = noted.size();
        adding.forEach(job -> job.promise().complete(true));
        works();
    }

    private boolean isTimeToSearch() {
        return searchedAtNanos
                .filter(at -> System.nanoTime() - at < search.toNanos())
                .isEmpty();
    }

    /// At the start nothing else happens before it has succeeded; later it is tried once each time.
    private void recover() throws SQLException {
        var isStart = searchedAtNanos.isEmpty();
        if (!isStart) {
            searchedAtNanos = Optional.of(System.nanoTime());
        }
        takeOver(isStart ? table.left() : table.abandoned(unreadable));
        searchedAtNanos = Optional.of(System.nanoTime());
    }

    private void takeOver(List<IntentTable.Left> left) {
        var readable = new ArrayList<ExchangesRecord>();
        var strange = new HashSet<UUID>();
        for (var each : left) {
            if (noted.contains(each.exchange())) {
                continue;
            }
            try {
                readable.add(RowCodec.decode(each.content()));
            } catch (RowCodec.UnreadableRow e) {
                strange.add(each.exchange());
                report(each.exchange(), e);
            }
        }
        unreadable = strange;
        unreadables = strange.size();
        if (!readable.isEmpty()) {
            LOG.atInfo().addKeyValue("records", readable.size()).log("audit records were found in the database");
        }
        for (var row : readable) {
            found.accept(1);
            backlog.add(new Backlog.Kept(row, true));
            noted.add(row.getId());
        }
    }

    private void report(UUID exchange, RowCodec.UnreadableRow reason) {
        if (!unreadable.contains(exchange)) {
            LOG.atError()
                    .addKeyValue("exchange", exchange)
                    .addKeyValue("reason", reason.getMessage())
                    .log("an audit intent in the database was written by another version of the gateway");
        }
    }

    private void works() {
        if (trouble.isPresent()) {
            LOG.atInfo().log("audit intents are written again");
            trouble = Optional.empty();
        }
    }

    /// Goes on whatever happened: without the thread whoever waits would wait for ever, and nobody would be told.
    private void fail(List<Job> batch, Throwable fault) {
        try {
            broken(batch, fault);
        } catch (RuntimeException | Error again) {
            trouble = NO_MEMORY;
            for (var job : batch) {
                refuse(job);
            }
        }
    }

    /// Whether anything was committed is not known: who waits is refused, and what is in the table all the same goes
    /// with the record of the refusal. The trouble is told first: whoever is refused finds the reason.
    private void broken(List<Job> batch, Throwable e) {
        var isNew = trouble.isEmpty();
        trouble = Optional.of(
                (e instanceof Error ? "" : "PostgreSQL: ") + e.getClass().getSimpleName());
        batch.forEach(InDatabase::refuse);
        refuseWhoWaits();
        batch.stream().filter(Job.Remove.class::isInstance).forEach(jobs::add);
        table.close();
        failures.increment();
        if (isNew) {
            LOG.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("audit intents cannot be written; nothing is forwarded");
        }
        rest();
    }

    /// Whoever came before the trouble was known would wait for the next attempt as long as for this one.
    private void refuseWhoWaits() {
        jobs.removeIf(job -> {
            refuse(job);
            return job instanceof Job.Add;
        });
    }

    private static void refuse(Job job) {
        if (job instanceof Job.Add add) {
            add.promise().complete(false);
        }
    }

    private void rest() {
        try {
            Thread.sleep(TICK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
