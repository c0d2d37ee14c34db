package dev.portcullis.console.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.counts.CountedPeriod.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

class CountedPeriodTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-27T10:32:17Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T09:32:17Z, 2026-11-27T10:32:17Z, 2026-11-27T09:30Z, 2026-11-27T10:35Z, PT5M",
        "2026-11-26T10:32:17Z, 2026-11-27T10:32:17Z, 2026-11-26T10:30Z, 2026-11-27T10:45Z, PT15M",
        "2026-11-20T10:32:17Z, 2026-11-27T10:32:17Z, 2026-11-20T10:00Z, 2026-11-27T12:00Z, PT2H",
        "2026-10-28T10:32:17Z, 2026-11-27T10:32:17Z, 2026-10-28T06:00Z, 2026-11-27T12:00Z, PT6H",
        "2026-11-27T09:30:00Z, 2026-11-27T09:35:00Z, 2026-11-27T09:30Z, 2026-11-27T09:35Z, PT5M",
        "2026-11-27T10:30:00+01:00, 2026-11-27T10:31:00+01:00, 2026-11-27T09:30Z, 2026-11-27T09:35Z, PT5M",
        "2025-11-27T10:32:17Z, 2026-11-27T10:32:17Z, 2025-11-27T00:00Z, 2026-12-03T00:00Z, PT168H"
    })
    void periodBeginsAndEndsWithAStep(
            OffsetDateTime from, OffsetDateTime to, OffsetDateTime starts, OffsetDateTime ends, Duration step) {
        assertThat(CountedPeriod.around(from, to, NOW)).isEqualTo(new CountedPeriod(starts, ends, step));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T09:32:17Z, PT1H", "2026-09-24T09:32:17Z, PT24H"})
    void whatIsOldIsKnownInLongerSteps(OffsetDateTime from, Duration step) {
        assertThat(CountedPeriod.around(from, from.plusMinutes(20), NOW).step()).isEqualTo(step);
    }

    @Test
    void wholeDaysAreReadAsSuch() {
        var period = CountedPeriod.around(NOW.minusDays(7), NOW, NOW);

        assertThat(period.pieces())
                .containsExactly(
                        piece(Grain.HOUR, "2026-11-20T10:00Z", "2026-11-21T00:00Z"),
                        piece(Grain.DAY, "2026-11-21T00:00Z", "2026-11-27T00:00Z"),
                        piece(Grain.HOUR, "2026-11-27T00:00Z", "2026-11-27T12:00Z"));
    }

    @Test
    void piecesWithoutAWholeHourAreOfFiveMinutes() {
        var period = CountedPeriod.around(NOW.minusMinutes(40), NOW, NOW);

        assertThat(period.pieces())
                .isEqualTo(List.of(piece(Grain.FIVE_MINUTES, "2026-11-27T09:50Z", "2026-11-27T10:35Z")));
    }

    @Test
    void stepsAreEndToEnd() {
        var period = CountedPeriod.around(NOW.minusHours(1), NOW, NOW);

        assertThat(period.steps()).hasSize(13).startsWith(period.from()).doesNotContain(period.to());
    }

    @Test
    void periodsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> CountedPeriod.around(NOW, NOW, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: before");
        assertThatThrownBy(() -> CountedPeriod.around(NOW.minusYears(100), NOW, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 3660 days");
    }

    private static Piece piece(Grain grain, String from, String to) {
        return new Piece(grain, OffsetDateTime.parse(from), OffsetDateTime.parse(to));
    }
}
