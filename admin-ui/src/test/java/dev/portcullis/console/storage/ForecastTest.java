package dev.portcullis.console.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.storage.Forecast.Going;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

class ForecastTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-27T12:00:00Z");
    private static final Part ELSEWHEN =
            new Part("exchanges_elsewhen", Optional.empty(), Optional.empty(), Optional.of(5L), 0);
    private static final Part JUNE = part("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z", Optional.of(1_000L));
    private static final Part JULY = part("2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", Optional.empty());
    private static final Part OCTOBER = part("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", Optional.of(7L));
    private static final List<Part> PARTS = List.of(ELSEWHEN, JUNE, JULY, OCTOBER);
    private static final Retention MIXED = new Retention(days(60), Map.of("law", Optional.empty()));

    @Test
    void oldPartsGoWhoeverHasRecordsInThem() {
        var forecast = forecast(new Retention(days(60), Map.of("acme", days(90))), _ -> {
            throw new AssertionError("it does not matter whose they are");
        });

        assertThat(forecast.parts()).extracting(Going::name).containsExactly(JUNE.name(), JULY.name());
        assertThat(forecast.parts()).allMatch(Going::certain);
        assertThat(forecast.records()).isEqualTo(1_000);
        assertThat(forecast.held()).isEmpty();
    }

    @Test
    void nothingGoesThatIsKeptForEver() {
        assertThat(forecast(Retention.forEver(), _ -> Optional.empty()).parts()).isEmpty();
    }

    @Test
    void partOfSomebodyWhoKeepsItStays() {
        var forecast = forecast(
                MIXED, part -> Optional.of(List.of(Optional.of(part == JUNE ? "law" : "acme"), Optional.empty())));

        assertThat(forecast.parts()).extracting(Going::name).containsExactly(JULY.name());
    }

    @Test
    void partThatNobodyHasLookedIntoMayGo() {
        var forecast =
                forecast(MIXED, part -> part == JUNE ? Optional.empty() : Optional.of(List.of(Optional.empty())));

        assertThat(forecast.parts()).extracting(Going::name).containsExactly(JUNE.name(), JULY.name());
        assertThat(forecast.parts()).extracting(Going::certain).containsExactly(false, true);
    }

    @Test
    void heldPartIsToldApart() {
        var hold = new LegalHold(
                UUID.randomUUID(),
                Optional.empty(),
                JUNE.starts(),
                JUNE.ends(),
                "r",
                "ada",
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        var forecast = Forecast.of(new Retention(days(60), Map.of()), PARTS, List.of(hold), NOW, _ -> Optional.empty());

        assertThat(forecast.parts()).extracting(Going::name).containsExactly(JULY.name());
        assertThat(forecast.held()).containsExactly(JUNE.name());
    }

    private static Forecast forecast(Retention retention, Function<Part, Optional<List<Optional<String>>>> owners) {
        return Forecast.of(retention, PARTS, List.of(), NOW, owners);
    }

    private static Part part(String starts, String ends, Optional<Long> records) {
        return new Part(
                "exchanges_" + starts.substring(0, 7),
                Optional.of(OffsetDateTime.parse(starts)),
                Optional.of(OffsetDateTime.parse(ends)),
                records,
                0);
    }

    private static Optional<Duration> days(int count) {
        return Optional.of(Duration.ofDays(count));
    }
}
