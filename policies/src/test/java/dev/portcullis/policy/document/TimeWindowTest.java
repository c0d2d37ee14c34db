package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

class TimeWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// 2026-11-27 is a Friday.
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T08:59:59.999Z, false",
        "2026-11-27T09:00:00Z, true",
        "2026-11-27T16:59:59.999Z, true",
        "2026-11-27T17:00:00Z, false",
        "2026-11-26T12:00:00Z, false",
        "2026-11-28T12:00:00Z, false"
    })
    void hoursBeginAndEndOnTheDay(String moment, boolean inside) {
        var window = window(Set.of(DayOfWeek.FRIDAY), "09:00", "17:00", ZoneOffset.UTC);

        assertThat(window.contains(Instant.parse(moment))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:59:59.999Z, false",
        "2026-11-27T22:00:00Z, true",
        "2026-11-28T05:59:59.999Z, true",
        "2026-11-28T06:00:00Z, false",
        "2026-11-27T05:00:00Z, false",
        "2026-11-28T22:00:00Z, false"
    })
    void nightBelongsToTheDayOnWhichItBegins(String moment, boolean inside) {
        var window = window(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00", ZoneOffset.UTC);

        assertThat(window.contains(Instant.parse(moment))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T22:59:59Z, false",
        "2026-11-26T23:00:00Z, true",
        "2026-11-27T22:59:59Z, true",
        "2026-11-27T23:00:00Z, false"
    })
    void dayIsThatOfItsZone(String moment, boolean inside) {
        var window = new TimeWindow(Optional.of(Set.of(DayOfWeek.FRIDAY)), Optional.empty(), Optional.empty(), BERLIN);

        assertThat(window.contains(Instant.parse(moment))).isEqualTo(inside);
    }

    /// On 2026-10-25 clocks in Berlin are set back from 03:00 to 02:00.
    @ParameterizedTest
    @CsvSource({
        "2026-10-24T23:59:59Z, false",
        "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:30:00Z, true",
        "2026-10-25T02:00:00Z, false"
    })
    void hourThatComesTwiceCountsTwice(String moment, boolean inside) {
        var window = new TimeWindow(
                Optional.empty(), Optional.of(LocalTime.of(2, 0)), Optional.of(LocalTime.of(3, 0)), BERLIN);

        assertThat(window.contains(Instant.parse(moment))).isEqualTo(inside);
    }

    @Test
    void noDayIsNever() {
        var window = new TimeWindow(Optional.of(Set.of()), Optional.empty(), Optional.empty(), ZoneOffset.UTC);

        assertThat(window.contains(Instant.parse("2026-11-27T12:00:00Z"))).isFalse();
    }

    @Test
    void windowIsWrittenAsInDocuments() {
        assertThat(window(Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY), "09:00", "17:30", BERLIN))
                .hasToString("{days: [mon, sun], from: 09:00, to: 17:30, zone: Europe/Berlin}");
    }

    @Test
    void windowWithoutHoursIsRefused() {
        assertThatThrownBy(() -> window(Set.of(), "09:00", "09:00", BERLIN))
                .hasMessageContaining("to: 09:00 (expected: another time than from)");
    }

    private static TimeWindow window(Set<DayOfWeek> days, String from, String to, ZoneId zone) {
        return new TimeWindow(
                Optional.of(days), Optional.of(LocalTime.parse(from)), Optional.of(LocalTime.parse(to)), zone);
    }
}
