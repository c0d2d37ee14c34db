package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class ThrottleTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("198.51.100.7");

    private final AtomicLong nanos = new AtomicLong(1);
    private final Throttle throttle = new Throttle(3, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void soManyFailuresAreForgiven() {
        // When
        fail(CLIENT, 2);

        // Then
        assertThat(throttle.wait(CLIENT)).isEmpty();
        fail(CLIENT, 1);
        assertThat(throttle.wait(CLIENT)).isPresent();
        assertThat(throttle.wait(InetAddress.ofLiteral("198.51.100.8"))).isEmpty();
    }

    @Test
    void waitIsOverWhenItSaysSo() {
        // Given
        fail(CLIENT, 3);
        var wait = throttle.wait(CLIENT).orElseThrow();
        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));

        // When
        nanos.addAndGet(wait.toNanos());

        // Then
        assertThat(throttle.wait(CLIENT)).isEmpty();
        fail(CLIENT, 1);
        assertThat(throttle.wait(CLIENT)).isPresent();
    }

    @Test
    void aMinuteLaterAllIsForgiven() {
        // Given
        fail(CLIENT, 100);

        // When
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        // Then
        fail(CLIENT, 2);
        assertThat(throttle.wait(CLIENT)).isEmpty();
    }

    @Test
    void networkOfVersion6CountsAsOne() {
        // When
        for (int i = 0; i < 3; i++) {
            fail(InetAddress.ofLiteral("2001:db8:1:2::" + i), 1);
        }

        // Then
        assertThat(throttle.wait(InetAddress.ofLiteral("2001:db8:1:2:ffff:ffff:ffff:ffff")))
                .isPresent();
        assertThat(throttle.wait(InetAddress.ofLiteral("2001:db8:1:3::"))).isEmpty();
    }

    private void fail(InetAddress address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }
}
