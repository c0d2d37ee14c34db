package dev.portcullis.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

class SignInThrottleTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void fewFailuresAreFree() {
        fail(SignInThrottle.FREE_FAILURES - 1);

        assertThat(throttle.mayTry("admin")).isTrue();
    }

    @Test
    void waitEndsByItself() {
        // Given
        fail(SignInThrottle.FREE_FAILURES);
        assertThat(throttle.mayTry("admin")).isFalse();

        // When
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(15)));

        // Then
        assertThat(throttle.mayTry("admin")).isTrue();
    }

    @Test
    void waitGrowsAndHasALimit() {
        // Given
        fail(100);

        // When
        now.updateAndGet(time -> time.plus(SignInThrottle.LONGEST_WAIT).minusSeconds(1));

        // Then
        assertThat(throttle.mayTry("admin")).isFalse();
        now.updateAndGet(time -> time.plusSeconds(1));
        assertThat(throttle.mayTry("admin")).isTrue();
    }

    @Test
    void successForgetsFailures() {
        fail(SignInThrottle.FREE_FAILURES);

        throttle.succeeded("admin");

        assertThat(throttle.mayTry("admin")).isTrue();
    }

    @Test
    void oneNameDoesNotSlowAnother() {
        fail(SignInThrottle.FREE_FAILURES);

        assertThat(throttle.mayTry("dana")).isTrue();
        assertThat(throttle.mayTry(" ADMIN")).isFalse();
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            throttle.failed("admin");
        }
    }
}
