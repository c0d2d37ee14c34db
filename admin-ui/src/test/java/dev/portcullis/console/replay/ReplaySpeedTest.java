package dev.portcullis.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.OffsetDateTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long a replay takes. `-Dportcullis.replay.records=100000` measures what docs/replay.md tells.
class ReplaySpeedTest {
    private static final int RECORDS = Integer.getInteger("portcullis.replay.records", 2_000);
    private static final int RULES = 50;
    /// 100,000 in 30 seconds, and some time to get going.
    private static final double MOST_SECONDS = Math.max(10, RECORDS * 30.0 / 100_000);

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void recordsOfADayAreReplayedWhileSomebodyWaits() {
        // Given
        var records = new RecordedExchanges(OffsetDateTime.parse("2025-06-01T00:00:00Z"));
        records.many(RECORDS);
        var rules = IntStream.range(0, RULES)
                .mapToObj(number -> "{\"id\": \"r%d\", \"match\": {\"groups\": [\"team-%d\"]}, \"deny\": true}"
                        .formatted(number, number))
                .collect(Collectors.joining(", "));
        var policy = """
                , "policy": {"apiVersion": "portcullis/v1", "organization": "acme",
                  "routes": {"port-eu": {"upstream": "sandbox", "profile": "port"}},
                  "rules": [%s, {"id": "known-pages", "allowedDomains": ["*.example"]},
                            {"id": "no-writes", "readOnly": true, "except": {"callers": ["caller-1"]}}]}""".formatted(rules);

        // When
        var status = RunningConsole.json(console.post("/api/v1/policy/replay", records.order(policy)));

        // Then
        LoggerFactory.getLogger(ReplaySpeedTest.class)
                .info("{} records in {} s", RECORDS, status.path("seconds").asString());
        assertThat(status.path("state").asString()).isEqualTo("finished");
        assertThat(status.at("/findings/records").asInt()).isEqualTo(RECORDS);
        assertThat(status.at("/findings/newlyRefused/count").asInt()).isPositive();
        assertThat(status.at("/findings/unknown")).isEmpty();
        assertThat(status.path("seconds").asDouble()).isLessThan(MOST_SECONDS);
    }
}
