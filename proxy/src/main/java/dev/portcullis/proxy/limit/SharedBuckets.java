package dev.portcullis.proxy.limit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The thread that has calls pay from the shared buckets, all that wait in one transaction.
///
/// Whoever asks never waits for longer than the deadline. Once the database failed, or was too slow for
/// somebody, nobody waits at all until it answered again. A call that gave up is not made to pay, unless its
/// payment was under way.
final class SharedBuckets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);
    private static final int BATCH = 256;
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BucketTable table;
    private final Supplier<Set<String>> crowded;
    private final Duration deadline;
    private final BlockingQueue<Ask> waiting;
    private final LongAdder failures = new LongAdder();
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile Optional<String> trouble = Optional.empty();

    private record Ask(List<Claim> claims, CompletableFuture<Payment> answer) {}

    /// @param crowded rules that have as many buckets as they may
    /// @param deadline how long a call waits for its payment
    /// @param most how many calls may wait; when there are more, they are told at once that there is no store
    SharedBuckets(BucketTable table, Supplier<Set<String>> crowded, Duration deadline, int most) {
        this.table = table;
        this.crowded = crowded;
        this.deadline = deadline;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.thread = Thread.ofPlatform().name("call-limits").daemon().start(this::run);
    }

    CompletionStage<Payment> pay(List<Claim> claims) {
        var ask = new Ask(claims, new CompletableFuture<>());
        if (trouble.isPresent() || isClosed || !waiting.offer(ask)) {
            return CompletableFuture.completedStage(new Payment.Unavailable());
        }
        return ask.answer()
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> failed("no answer within " + deadline.toMillis() + " ms"));
    }

    /// Why nobody can pay at this moment.
    Optional<String> trouble() {
        return trouble;
    }

    int waiting() {
        return waiting.size();
    }

    long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            if (!thread.join(LAST_WORDS)) {
                table.abort();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                var first = waiting.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    serve(batch(first));
                } else if (trouble.isPresent()) {
                    probe();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } finally {
            table.abort();
        }
    }

    private List<Ask> batch(Ask first) {
        var batch = new ArrayList<Ask>();
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
        return batch;
    }

    private void serve(List<Ask> batch) {
        batch.removeIf(ask -> ask.answer().isDone());
        if (batch.isEmpty()) {
            return;
        }
        var wasConnected = table.isConnected();
        try {
            answer(batch);
        } catch (SQLException | RuntimeException e) {
            table.abort();
            // A connection that was kept may have died long ago.
            if (wasConnected) {
                serve(batch);
            } else {
                var unavailable = failed(e.toString());
                batch.forEach(ask -> ask.answer().complete(unavailable));
            }
        }
    }

    private void answer(List<Ask> batch) throws SQLException {
        var payments = table.pay(batch.stream().map(Ask::claims).toList(), crowded.get());
        recovered();
        for (var i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(payments.get(i));
        }
    }

    private void probe() {
        try {
            table.probe();
            recovered();
        } catch (SQLException | RuntimeException e) {
            table.abort();
            trouble = Optional.of(e.toString());
        }
    }

    private Payment failed(String reason) {
        failures.increment();
        if (trouble.isEmpty()) {
            LOG.atWarn().addKeyValue("reason", reason).log("limits cannot be counted together");
        }
        trouble = Optional.of(reason);
        return new Payment.Unavailable();
    }

    private void recovered() {
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            LOG.atInfo().log("limits are counted together again");
        }
    }
}
