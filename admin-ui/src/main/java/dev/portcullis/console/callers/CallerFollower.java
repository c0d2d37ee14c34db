package dev.portcullis.console.callers;

import dev.portcullis.console.callers.store.CallerRollup;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Follows the trail for the tables of callers, on a thread of its own, from when the console is ready until it stops.
/// While the database is away nothing is lost: it goes on where it was.
@Component
class CallerFollower {
    private static final Logger LOG = LoggerFactory.getLogger(CallerFollower.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_UPKEEPS = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final CallerRollup rollup;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("console-callers").unstarted(this::run);
    private long upkeepNanos = System.nanoTime();

    CallerFollower(CallerRollup rollup) {
        this.rollup = rollup;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        closing.countDown();
        if (thread.getState() != Thread.State.NEW) {
            var _ = thread.join(LONGEST_STOP);
        }
    }

    private void run() {
        var pause = Duration.ZERO;
        while (!isClosing(pause)) {
            pause = step();
        }
    }

    /// @return how long to wait before the next one
    private Duration step() {
        try {
            var more = rollup.advance();
            if (System.nanoTime() - upkeepNanos > BETWEEN_UPKEEPS.toNanos()) {
                upkeepNanos = System.nanoTime();
                rollup.forget();
            }
            return more ? Duration.ZERO : BETWEEN_LOOKS;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("callers are not counted; tried again");
            return AFTER_TROUBLE;
        }
    }

    private boolean isClosing(Duration pause) {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
