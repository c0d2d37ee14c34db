package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

class ReplacementTest {
    @Test
    void poolDoesNotShrinkForOneFailure() {
        // Given
        var pool = new ArrayDeque<String>();
        var attempts = new AtomicInteger();

        // When
        Replacement.of(
                () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("no memory");
                    }
                    return "evaluator";
                },
                pool,
                Duration.ZERO);

        // Then
        assertThat(pool).containsExactly("evaluator");
    }

    @Test
    void itIsNotTriedForEver() {
        // Given
        var pool = new ArrayDeque<String>();
        var attempts = new AtomicInteger();

        // When
        Replacement.of(
                () -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("never");
                },
                pool,
                Duration.ZERO);

        // Then
        assertThat(pool).isEmpty();
        assertThat(attempts).hasValue(60);
    }
}
