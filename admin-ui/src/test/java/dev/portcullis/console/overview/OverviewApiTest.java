package dev.portcullis.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.counts.RecordedCalls;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The times are ahead, where nobody else records anything.
class OverviewApiTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RunningConsole console = RunningConsole.shared();
    private final OffsetDateTime at = OffsetDateTime.now(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.DAYS)
            .plusDays(5)
            .plusMinutes(7);

    @Test
    void callsAreCountedWithinSeconds() {
        // Given
        var calls = new RecordedCalls(console.database().dataSource());
        calls.record(at, "counted", "succeeded", 3);
        calls.record(at, "counted", "denied", 2);
        calls.record(at, "counted", "upstream_failed", 1);
        calls.record(at.plusMinutes(5), "other", "cancelled", 1);

        // When
        var overview = await().atMost(LONGEST)
                .until(
                        () -> during(at, at.plusMinutes(6)),
                        found -> found.at("/total/calls").asLong() == 7);

        // Then
        assertThat(OffsetDateTime.parse(overview.path("from").asString())).isEqualTo(at.minusMinutes(2));
        assertThat(overview.path("step").asString()).isEqualTo("PT5M");
        assertThat(overview.path("series").size()).isEqualTo(2);
        assertThat(overview.at("/total/succeeded").asLong()).isEqualTo(3);
        assertThat(overview.at("/total/refusals").asLong()).isEqualTo(2);
        assertThat(overview.at("/total/errors").asLong()).isEqualTo(1);
        assertThat(overview.at("/total/others").asLong()).isEqualTo(1);
        assertThat(overview.at("/total/latency/p95").asLong()).isBetween(91_000L, 109_000L);
        assertThat(overview.at("/series/1/numbers/calls").asLong()).isEqualTo(1);
        assertThat(overview.at("/series/1/numbers").has("latency")).isFalse();
        assertThat(overview.path("tools").toString())
                .isEqualTo("[{\"name\":\"counted\",\"calls\":6,\"refusals\":2,\"errors\":1},"
                        + "{\"name\":\"other\",\"calls\":1,\"refusals\":0,\"errors\":0}]");
        assertThat(overview.at("/callers/0/name").asString()).isEqualTo("key:of-counted");
        assertThat(overview.at("/rules/0/name").asString()).isEqualTo("rule-of-counted");
    }

    @Test
    void engagedKillNeedsAttention() {
        // Given
        var kill = RunningConsole.json(console.post(
                        "/api/v1/kills", "{\"scope\": {\"tools\": [\"seen_from_afar\"]}, \"reason\": \"test\"}"))
                .path("id")
                .asString();

        // When
        var attention = RunningConsole.json(console.get("/api/v1/overview")).path("attention");

        // Then
        assertThat(attention.valueStream())
                .filteredOn(item -> item.path("kind").asString().equals("kill_engaged")
                        && item.path("sentence").asString().contains("seen_from_afar"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.path("severity").asString()).isEqualTo("CRITICAL");
                    assertThat(item.path("screen").asString()).isEqualTo("kill-switch");
                });
        console.send(console.request("/api/v1/kills/" + kill).DELETE());
    }

    @Test
    void replicaThatFillsAndWhoseCertificateEndsNeedsAttention() {
        // Given
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.execute("insert into gateway.replicas (replica, policy_version, started_at, heartbeat_at, trail_fill,"
                + " certificate_ends_at) values ('filling', 1, now(), now(), 0.95, now() + interval '5 days')");

        // When
        var attention = RunningConsole.json(console.get("/api/v1/overview")).path("attention");

        // Then
        assertThat(attention.valueStream())
                .filteredOn(item -> item.path("sentence").asString().contains("replica filling"))
                .extracting(item -> item.path("kind").asString() + " "
                        + item.path("severity").asString())
                .contains("trail_filling CRITICAL", "certificate_expires WARNING");
        sql.execute("delete from gateway.replicas where replica = 'filling'");
    }

    @Test
    void tokenThatEndsNeedsAttention() {
        // Given
        console.post(
                "/api/v1/admin-tokens",
                "{\"name\": \"ends-soon\", \"roles\": [\"VIEWER\"], \"expiresAt\": \""
                        + OffsetDateTime.now().plusDays(3) + "\"}");

        // When
        var attention = RunningConsole.json(console.get("/api/v1/overview")).path("attention");

        // Then
        assertThat(attention.valueStream())
                .filteredOn(item -> item.path("sentence").asString().contains("ends-soon"))
                .extracting(item ->
                        item.path("kind").asString() + " " + item.path("screen").asString())
                .containsExactly("token_expires settings?tab=tokens&ends=expiring");
    }

    @Test
    void viewerSeesItAndAnOpaServerDoesNot() {
        assertThat(console.getAs(console.tokenWith("VIEWER"), "/api/v1/overview")
                        .statusCode())
                .isEqualTo(200);
        assertThat(console.getAs(console.tokenWith("BUNDLES"), "/api/v1/overview")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=1926-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=yesterday"
            })
    void whatIsNoPeriodIsRefused(String period) {
        assertThat(console.get("/api/v1/overview?" + period).statusCode()).isEqualTo(400);
    }

    private JsonNode during(OffsetDateTime from, OffsetDateTime to) {
        return RunningConsole.json(console.get("/api/v1/overview?from=" + from + "&to=" + to));
    }
}
