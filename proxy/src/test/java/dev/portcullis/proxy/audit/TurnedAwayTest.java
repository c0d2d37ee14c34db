package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

class TurnedAwayTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TurnedAway turnedAway = new TurnedAway();

    @Test
    void nobodyTurnedAwayHasNoRecord() {
        assertThat(turnedAway.take()).isEmpty();
    }

    @Test
    void recordIsTheFirstOnesAndIsTakenOnce() {
        // Given
        var first = UUID.randomUUID();
        turnedAway.count(first, NOON);
        turnedAway.count(UUID.randomUUID(), NOON.plusSeconds(3));

        // When
        var record = turnedAway.take();

        // Then
        assertThat(record).hasValueSatisfying(taken -> {
            assertThat(taken.id()).isEqualTo(first);
            assertThat(taken.occurredAt()).isEqualTo(NOON);
            assertThat(taken.completedAt()).isEqualTo(NOON.plusSeconds(3));
            assertThat(taken.exchanges()).isEqualTo(OptionalLong.of(2));
        });
        assertThat(turnedAway.take()).isEmpty();
    }

    @Test
    void clockThatGoesBackCountsAll() {
        // Given
        turnedAway.count(UUID.randomUUID(), NOON);

        // When
        turnedAway.count(UUID.randomUUID(), NOON.minusSeconds(60));

        // Then
        assertThat(turnedAway.take()).hasValueSatisfying(taken -> {
            assertThat(taken.exchanges()).isEqualTo(OptionalLong.of(2));
            assertThat(taken.completedAt()).isEqualTo(taken.occurredAt());
        });
    }
}
