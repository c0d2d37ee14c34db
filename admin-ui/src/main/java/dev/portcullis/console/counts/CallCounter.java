package dev.portcullis.console.counts;

import dev.portcullis.console.counts.store.CallCountStore;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/// Counts what is recorded, a bounded number of records after the other, from when the console is ready until it
/// stops. Of several consoles one works at a time; what none could do while it was away is done when it is back.
@Component
class CallCounter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CallCounter.class);
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_TIDYING = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final int AT_ONCE = 20_000;

    private final CallCountStore store;
    private final Clock clock;
    private OffsetDateTime tidied = OffsetDateTime.MIN;
    private @Nullable Thread thread;

    CallCounter(CallCountStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        thread = Thread.ofVirtual().name("console-call-counter").start(this);
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How long to wait for the next one.
    private Duration step() {
        try {
            var now = OffsetDateTime.now(clock);
            var counted = store.count(AT_ONCE, now);
            if (counted < AT_ONCE && tidied.isBefore(now.minus(BETWEEN_TIDYING)) && !store.tidy(now)) {
                tidied = now;
            }
            return counted < AT_ONCE ? IDLE : Duration.ZERO;
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.atWarn().setCause(e).log("calls could not be counted; it is tried again");
            }
            return AFTER_TROUBLE;
        }
    }

    @PreDestroy
    synchronized void stop() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(LONGEST_STOP);
        }
    }
}
