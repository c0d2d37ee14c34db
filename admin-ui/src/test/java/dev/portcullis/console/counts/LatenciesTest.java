package dev.portcullis.console.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

class LatenciesTest {
    /// 2^(66/4) is 92,682 microseconds.
    private static final Latencies LATENCIES = new Latencies(Map.of(40, 90L, 66, 9L, 80, 1L));

    @Test
    void quantilesAreWithinATenth() {
        assertThat(LATENCIES.quantile(0.5))
                .hasValueSatisfying(p50 -> assertThat(p50).isCloseTo(1_117L, Percentage.withPercentage(1)));
        assertThat(LATENCIES.quantile(0.95))
                .hasValueSatisfying(p95 -> assertThat(p95).isCloseTo(101_000L, Percentage.withPercentage(1)));
        assertThat(LATENCIES.quantile(1))
                .hasValueSatisfying(longest -> assertThat(longest).isGreaterThan(1_000_000L));
    }

    @Test
    void sumsAreAsGoodAsWhatTheyAreOf() {
        var sum = LATENCIES.plus(new Latencies(Map.of(66, 1_000L)));

        assertThat(sum.count()).isEqualTo(1_100);
        assertThat(sum.quantile(0.5)).isEqualTo(LATENCIES.quantile(0.95));
    }

    @Test
    void noCallsHaveNoLatency() {
        assertThat(Latencies.none().quantile(0.5)).isEqualTo(Optional.empty());
    }
}
