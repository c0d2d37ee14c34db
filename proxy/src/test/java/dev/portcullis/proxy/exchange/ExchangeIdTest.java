package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;

class ExchangeIdTest {

    @Test
    void isAVersion7Uuid() {
        var before = System.currentTimeMillis();
        var id = ExchangeId.next(Clock.systemUTC()).value();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis() + 1_000);
    }

    @Test
    void idsSortByTimeEvenWhenTheClockStandsStill() {
        // Given
        var still = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
        var ids = new ArrayList<String>();

        // When
        for (int i = 0; i < 10_000; i++) {
            ids.add(ExchangeId.next(i % 2 == 0 ? still : Clock.systemUTC()).toString());
        }

        // Then
        assertThat(ids).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }
}
