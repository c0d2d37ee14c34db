package dev.portcullis.policy.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Queue;
import java.util.function.Supplier;

/// A new evaluator in place of one that failed, so that a pool does not shrink until nothing is decided any more.
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
    private static final int ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Replacement() {}

    /// Makes one and adds it to the pool; where that fails, for want of memory for instance, tries again for a minute.
    /// Waits, so it has a thread of its own.
    static <T> void of(Supplier<T> evaluator, Queue<T> pool) {
        of(evaluator, pool, PAUSE);
    }

    static <T> void of(Supplier<T> evaluator, Queue<T> pool, Duration pause) {
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                pool.add(evaluator.get());
                return;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                LOG.atError().setCause(e).addKeyValue("attempt", attempt).log("an evaluator cannot be replaced");
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
