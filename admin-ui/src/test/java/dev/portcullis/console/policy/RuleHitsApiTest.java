package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.policy.query.RuleHitQuery;
import dev.portcullis.console.replay.RecordedExchanges;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

class RuleHitsApiTest {
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void hitsOfTheLastDaysAreCountedByRule() throws Exception {
        // Given
        var records = new RecordedExchanges(OffsetDateTime.now(ZoneOffset.UTC).minusDays(2));
        records.denied("ada", "upsert_entity", "hits-a", "hits-b");
        records.denied("ada", "upsert_entity", "hits-a");
        var longAgo = new RecordedExchanges(OffsetDateTime.now(ZoneOffset.UTC).minusDays(9));
        longAgo.denied("ada", "upsert_entity", "hits-a");

        // When
        var answer = console.get("/api/v1/policy/rules/hits?days=7");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        var body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.path("complete").asBoolean()).isTrue();
        assertThat(body.path("items")
                        .valueStream()
                        .filter(item -> item.path("rule").asString().startsWith("hits-")))
                .extracting(item ->
                        item.path("rule").asString() + " " + item.path("denied").asInt() + " "
                                + item.path("observed").asInt())
                .containsExactly("hits-a 2 0", "hits-b 1 0");
        assertThat(console.get("/api/v1/policy/rules/hits?days=0").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/v1/policy/rules/hits?days=32").body()).contains("days: 32 (expected: 1 to 31)");
    }

    @Test
    void whatIsMoreThanIsCountedIsSaidToBeMore() {
        // Given
        var day = OffsetDateTime.parse("2019-05-01T00:00:00Z");
        var records = new RecordedExchanges(day);
        for (var i = 0; i < 3; i++) {
            records.denied("ada", "upsert_entity", "hits-c");
        }

        // When
        var bounded = query().hits(day.minusDays(1), day.plusDays(1), 2, Duration.ofSeconds(10));

        // Then
        assertThat(bounded.complete()).isFalse();
        assertThat(bounded.from()).isAfter(day.toInstant());
        assertThat(bounded.of("hits-c")).contains(new RuleHits.Hits("hits-c", 2, 0));
        assertThat(query().hits(day.minusDays(1), day.plusDays(1), 9, Duration.ofSeconds(10))
                        .complete())
                .isTrue();
        assertThat(query().hits(day.plusYears(1), day.plusYears(2), 9, Duration.ofSeconds(10))
                        .items())
                .isEmpty();
    }

    private RuleHitQuery query() {
        return new RuleHitQuery(console.database().dataSource());
    }
}
