package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.counts.RecordedCalls;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

class RuleHitsApiTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void hitsOfTheLastDaysAreCountedByRule() {
        // Given
        var calls = new RecordedCalls(console.database().dataSource());
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        calls.record(now.minusDays(9), "hits-a", "denied", 1);
        calls.record(now.minusDays(2), "hits-a", "denied", 2);
        calls.record(now.minusDays(1), "hits-b", "denied", 1);
        calls.observe(now.minusDays(3), "rule-of-hits-b", 4);
        calls.observe(now.minusDays(3), "hits-c", 1);

        // When
        var week = await().atMost(LONGEST).until(() -> hits(7), found -> found.size() == 3);

        // Then the most often hit is first
        assertThat(week).containsExactly("rule-of-hits-b 1 4", "rule-of-hits-a 2 0", "hits-c 0 1");
        assertThat(hits(31)).containsExactly("rule-of-hits-b 1 4", "rule-of-hits-a 3 0", "hits-c 0 1");
    }

    @Test
    void numberOfDaysIsBounded() {
        assertThat(console.get("/api/v1/policy/rules/hits?days=0").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/v1/policy/rules/hits?days=32").body()).contains("days: 32 (expected: 1 to 31)");
    }

    private List<String> hits(int days) {
        return RunningConsole.json(console.get("/api/v1/policy/rules/hits?days=" + days))
                .path("items")
                .valueStream()
                .filter(item -> item.path("rule").asString().contains("hits-"))
                .map(item ->
                        item.path("rule").asString() + " " + item.path("denied").asInt() + " "
                                + item.path("observed").asInt())
                .toList();
    }
}
