package dev.portcullis.proxy.audit;

import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.proxy.sync.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Brings checkpoints to an [Anchor], in order, for as long as it takes, and holds up nobody.
///
/// At most a thousand wait; one more drops the oldest, which the newer ones cover.
public final class Anchoring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);
    private static final int MOST = 1_000;
    private static final Duration ROUND = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Anchor anchor;
    private final String name;
    private final Consumer<Checkpoint> kept;
    private final LinkedBlockingDeque<Checkpoint> waiting = new LinkedBlockingDeque<>(MOST);
    private final LongAdder failures = new LongAdder();
    private final CountDownLatch finishing = new CountDownLatch(1);
    private final Thread thread;

    private Anchoring(Anchor anchor, String name, Consumer<Checkpoint> kept) {
        this.anchor = anchor;
        this.name = name;
        this.kept = kept;
        this.thread = Thread.ofVirtual().name("audit-anchor").unstarted(this::run);
    }

    /// Brings checkpoints to a place, and notes in the database that they are there.
    ///
    /// @param name what it is, for people
    /// @param place where it is, for evidence; without secrets
    public static Anchoring start(Anchor anchor, String name, String place, Database database, Clock clock) {
        return start(anchor, name, new AnchoringNotes(database, place, clock));
    }

    /// @param kept is told of each that is kept, and never throws
    static Anchoring start(Anchor anchor, String name, Consumer<Checkpoint> kept) {
        var anchoring = new Anchoring(anchor, name, kept);
        anchoring.thread.start();
        return anchoring;
    }

    /// How often a checkpoint could not be brought there, or was given up.
    long failures() {
        return failures.sum();
    }

    long waiting() {
        return waiting.size();
    }

    void add(Checkpoint checkpoint) {
        while (!waiting.offerLast(checkpoint)) {
            var given = waiting.pollFirst();
            if (given != null) {
                failures.increment();
            }
        }
    }

    /// Tries to bring there what waits, for some seconds.
    @Override
    public void close() {
        finishing.countDown();
        try {
            if (!thread.join(LAST_WORDS)) {
                LOG.atError()
                        .addKeyValue("anchor", name)
                        .addKeyValue("waiting", waiting.size())
                        .log("checkpoints of the audit trail were not anchored before the end");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var pause = ROUND;
            while (!isDone()) {
                var next = waiting.pollFirst(ROUND.toNanos(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    continue;
                }
                if (isKept(next)) {
                    kept.accept(next);
                    pause = ROUND;
                } else {
                    waiting.offerFirst(next);
                    rest(pause);
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone() {
        return finishing.getCount() == 0 && waiting.isEmpty();
    }

    private boolean isKept(Checkpoint checkpoint) {
        try {
            anchor.keep(checkpoint);
            return true;
        } catch (IOException | RuntimeException e) {
            failures.increment();
            LOG.atWarn()
                    .addKeyValue("anchor", name)
                    .addKeyValue("reason", e.toString())
                    .log("a checkpoint of the audit trail could not be anchored");
            return false;
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (finishing.getCount() == 0) {
            TimeUnit.NANOSECONDS.sleep(ROUND.toNanos());
        } else {
            var _ = finishing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
