package dev.portcullis.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
class TurnsTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        end.countDown();
        others.close();
    }

    @Test
    void whoeverWaitsTooLongIsToldToComeAgain() {
        // Given
        var turns = new Turns("questions", 1, 5, Duration.ofMillis(50));
        occupy(turns, 1);

        // Then
        assertThatThrownBy(() -> turns.take(() -> "done"))
                .isInstanceOf(BusyException.class)
                .hasMessageStartingWith("1 questions are under way");
    }

    @Test
    void fewWaitAndAllOthersAreRefusedAtOnce() throws Exception {
        // Given
        var turns = new Turns("questions", 1, 1, Duration.ofMinutes(1));
        occupy(turns, 1);
        var waiting = others.submit(() -> turns.take(() -> "done"));

        // When
        await().atMost(Duration.ofSeconds(10)).until(() -> turns.waiting() == 1);

        // Then
        assertThatThrownBy(() -> turns.take(() -> "too much")).isInstanceOf(BusyException.class);
        end.countDown();
        assertThat(waiting.get()).isEqualTo("done");
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        var turns = new Turns("questions", 1, 1, Duration.ZERO);

        assertThatThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(turns.take(() -> "done")).isEqualTo("done");
    }

    private void occupy(Turns turns, int times) {
        for (var i = 0; i < times; i++) {
            others.submit(() -> turns.take(() -> {
                begun.incrementAndGet();
                return wasEnded();
            }));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> begun.get() == times);
    }

    private boolean wasEnded() {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
