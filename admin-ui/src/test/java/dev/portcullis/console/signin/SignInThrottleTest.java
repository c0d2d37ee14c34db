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
    private static final String ADDRESS = "203.0.113.9";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void fewFailuresAreFree() {
        fail(SignInThrottle.FREE_FAILURES - 1);

        assertThat(begin("admin")).isTrue();
    }

    @Test
    void waitEndsByItself() {
        // Given
        fail(SignInThrottle.FREE_FAILURES);
        assertThat(begin("admin")).isFalse();

        // When
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(15)));

        // Then
        assertThat(begin("admin")).isTrue();
    }

    @Test
    void waitGrowsAndHasALimit() {
        // Given
        for (var i = 0; i < 30; i++) {
            assertThat(begin("admin")).isTrue();
            now.updateAndGet(time -> time.plus(SignInThrottle.LONGEST_WAIT));
        }
        assertThat(begin("admin")).isTrue();

        // When
        now.updateAndGet(time -> time.plus(SignInThrottle.LONGEST_WAIT).minusSeconds(1));

        // Then
        assertThat(begin("admin")).isFalse();
        now.updateAndGet(time -> time.plusSeconds(1));
        assertThat(begin("admin")).isTrue();
    }

    @Test
    void attemptsThatHaveNotEndedCount() {
        for (var i = 0; i < SignInThrottle.FREE_FAILURES; i++) {
            assertThat(begin("admin")).isTrue();
        }

        assertThat(begin("admin")).isFalse();
    }

    @Test
    void successForgetsFailures() {
        fail(SignInThrottle.FREE_FAILURES);

        throttle.succeeded("admin", ADDRESS);

        assertThat(begin("admin")).isTrue();
    }

    @Test
    void oneNameDoesNotSlowAnother() {
        fail(SignInThrottle.FREE_FAILURES);

        assertThat(begin("dana")).isTrue();
        assertThat(begin(" ADMIN")).isFalse();
    }

    @Test
    void whoeverGuessesElsewhereShutsNobodyOutWhereTheyHaveSignedIn() {
        // Given
        throttle.succeeded("admin", "192.0.2.7");

        // When
        fail(SignInThrottle.FREE_FAILURES);

        // Then
        assertThat(begin("admin")).isFalse();
        assertThat(throttle.begin("admin", "192.0.2.7")).isTrue();
        assertThat(throttle.begin("admin", "192.0.2.8")).isFalse();
    }

    @Test
    void guessesWhereSomebodyHasSignedInAreSlowedDownToo() {
        // Given
        throttle.succeeded("admin", ADDRESS);

        // When
        fail(SignInThrottle.FREE_FAILURES);

        // Then
        assertThat(begin("admin")).isFalse();
    }

    private boolean begin(String username) {
        return throttle.begin(username, ADDRESS);
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            var _ = begin("admin");
        }
    }
}
