package dev.portcullis.console.replay;

import dev.portcullis.policy.recorded.RecordedExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A replay that runs beside whoever asked for it. All threads may ask how it stands.
final class ReplayJob {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);

    private final UUID id = UUID.randomUUID();
    private final ReplayOrder order;
    private final Replay replay;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long beganNanos = System.nanoTime();
    private volatile long endedNanos;
    private volatile boolean failed;

    private ReplayJob(ReplayOrder order, Replay replay) {
        this.order = order;
        this.replay = replay;
    }

    static ReplayJob start(ReplayOrder order, Replay replay, Runnable atEnd) {
        var job = new ReplayJob(order, replay);
        Thread.ofVirtual().name("replay-" + job.id).start(() -> job.run(atEnd));
        return job;
    }

    UUID id() {
        return id;
    }

    /// Waits until it has ended, but not longer than that.
    void await(Duration patience) throws InterruptedException {
        ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void cancel() {
        replay.cancel();
    }

    boolean isRunning() {
        return ended.getCount() > 0;
    }

    ReplayStatus status() {
        var running = isRunning();
        var nanos = (running ? System.nanoTime() : endedNanos) - beganNanos;
        return new ReplayStatus(
                id,
                state(running),
                order.from(),
                order.to(),
                order.policy().describe(),
                order.baseline().name().toLowerCase(Locale.ROOT),
                !running
                        && !failed
                        && !replay.isCancelled()
                        && replay.cutOffBehind().isEmpty(),
                replay.cutOffBehind().map(RecordedExchange::occurredAt),
                Math.round(nanos / 1e6) / 1e3,
                failed ? Optional.of("The replay failed; the console's log says more.") : Optional.empty(),
                replay.findings());
    }

    private String state(boolean running) {
        if (running) {
            return ReplayStatus.RUNNING;
        }
        if (failed) {
            return "failed";
        }
        return replay.isCancelled() ? "cancelled" : "finished";
    }

    private void run(Runnable atEnd) {
        var hasEnded = false;
        try {
            replay.run();
            hasEnded = true;
        } catch (ExecutionException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("replay", id).log("a replay failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Also when there was no memory left for it.
            failed = !hasEnded;
            endedNanos = System.nanoTime();
            ended.countDown();
            atEnd.run();
        }
    }
}
