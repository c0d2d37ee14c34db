package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.Eventual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/// Keeps intents in PostgreSQL itself: what comes while one group of them is being committed is the next one.
///
/// While PostgreSQL is away, nothing is admitted. What ended is in the backlog alone until it is written; when the
/// process ends before that, it is recorded as `unknown`.
final class InDatabase implements Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(InDatabase.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final int MOST_AT_ONCE = 500;

    private final IntentTable table;
    private final ExchangeRows rows;
    private final Backlog backlog;
    private final IntConsumer found;
    private final Thread thread;
    /// Bounded by the slots of the trail.
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    private final LongAdder failures = new LongAdder();
    private final AtomicInteger noted = new AtomicInteger();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean closing;
    private boolean recovered;

    /// Something to be done in the table.
    private sealed interface Job {
        record Add(AuditRecord intent, CompletableFuture<Boolean> promise) implements Job {}

        record Remove(List<UUID> exchanges) implements Job {}
    }

    private InDatabase(IntentTable table, ExchangeRows rows, Backlog backlog, IntConsumer found) {
        this.table = table;
        this.rows = rows;
        this.backlog = backlog;
        this.found = found;
        this.thread = Thread.ofPlatform().name("audit-intents").daemon().unstarted(this::run);
    }

    /// @param found hears how many records another process has left, before they are in the backlog
    static InDatabase start(IntentTable table, ExchangeRows rows, Backlog backlog, IntConsumer found) {
        var started = new InDatabase(table, rows, backlog, found);
        started.thread.start();
        return started;
    }

    @Override
    public Eventual<Boolean> admit(AuditRecord intent) {
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
        return new State(noted.get(), 0, false, failures.sum(), trouble);
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
            } catch (SQLException | RuntimeException e) {
                broken(batch, e);
                if (closing) {
                    break;
                }
            }
        }
        table.close();
    }

    private void work(List<Job> batch) throws SQLException {
        if (!recovered) {
            recover();
        } else if (batch.isEmpty() && trouble.isPresent()) {
            table.check();
        }
        var adding = batch.stream()
                .filter(Job.Add.class::isInstance)
                .map(Job.Add.class::cast)
                .toList();
        if (!adding.isEmpty()) {
            table.add(adding.stream().map(job -> rows.of(job.intent())).toList());
            noted.addAndGet(adding.size());
            adding.forEach(job -> job.promise().complete(true));
        }
        var removing = batch.stream()
                .filter(Job.Remove.class::isInstance)
                .flatMap(job -> ((Job.Remove) job).exchanges().stream())
                .toList();
        if (!removing.isEmpty()) {
            table.remove(removing);
            noted.updateAndGet(before -> Math.max(0, before - removing.size()));
        }
        works();
    }

    private void recover() throws SQLException {
        var left = new ArrayList<ExchangesRecord>();
        for (var content : table.left()) {
            try {
                left.add(RowCodec.decode(content));
            } catch (RowCodec.UnreadableRow e) {
                LOG.atError()
                        .addKeyValue("reason", e.getMessage())
                        .log("an audit intent in the database was written by another version of the gateway");
            }
        }
        recovered = true;
        found.accept(left.size());
        noted.addAndGet(left.size());
        left.forEach(row -> backlog.add(new Backlog.Kept(row, true)));
    }

    private void works() {
        if (trouble.isPresent()) {
            LOG.atInfo().log("audit intents are written again");
            trouble = Optional.empty();
        }
    }

    /// Whether anything was committed is not known: who waits is refused, and what is in the table all the same goes
    /// with the record of the refusal.
    private void broken(List<Job> batch, Exception e) {
        table.close();
        failures.increment();
        if (trouble.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("audit intents cannot be written; nothing is forwarded");
        }
        trouble = Optional.of("PostgreSQL: " + e.getClass().getSimpleName());
        for (var job : batch) {
            switch (job) {
                case Job.Add add -> add.promise().complete(false);
                case Job.Remove remove -> jobs.add(remove);
            }
        }
        rest();
    }

    private void rest() {
        try {
            Thread.sleep(TICK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
