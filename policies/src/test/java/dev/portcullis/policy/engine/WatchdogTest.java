package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class WatchdogTest {
    private static final long FIVE_MILLIS = Duration.ofMillis(5).toNanos();

    @Test
    void endlessEvaluationIsStopped() {
        assertThatThrownBy(() -> Watchdog.shared().within(FIVE_MILLIS, WatchdogTest::runUntilStopped))
                .isInstanceOf(NoAnswer.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void virtualThreadIsStoppedToo() throws InterruptedException {
        var thrown = new java.util.concurrent.atomic.AtomicReference<Throwable>();

        Thread.startVirtualThread(() -> {
                    try {
                        var _ = Watchdog.shared().within(FIVE_MILLIS, WatchdogTest::runUntilStopped);
                    } catch (NoAnswer e) {
                        thrown.set(e);
                    }
                })
                .join();

        assertThat(thrown.get()).isInstanceOf(NoAnswer.class);
    }

    @Test
    void evaluationsThatEndWhenTheirTimeIsUpNeverLeaveTheFlag() {
        // Given
        var interrupted = new AtomicLong();

        // When
        for (var i = 0; i < 300; i++) {
            try {
                var _ = Watchdog.shared().within(500_000, () -> runFor(600_000));
            } catch (NoAnswer stopped) {
                interrupted.incrementAndGet();
            }

            // Then
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void interruptionOfSomebodyElseIsKept() {
        Thread.currentThread().interrupt();

        var answer = Watchdog.shared()
                .within(FIVE_MILLIS, () -> Thread.currentThread().isInterrupted());

        assertThat(answer).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static long runUntilStopped() {
        var rounds = 0L;
        while (!Thread.currentThread().isInterrupted()) {
            rounds++;
        }
        throw new ChicoryInterruptedException("after " + rounds);
    }

    private static long runFor(long nanos) {
        var end = System.nanoTime() + nanos;
        var rounds = 0L;
        while (System.nanoTime() < end) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("after " + rounds);
            }
            rounds++;
        }
        return rounds;
    }
}
