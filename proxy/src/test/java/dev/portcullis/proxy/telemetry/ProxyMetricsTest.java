package dev.portcullis.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.telemetry.ProxyMetrics.EndedExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class ProxyMetricsTest {
    private final ProxyMetrics metrics = new ProxyMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void exchangeIsCountedUnderItsRouteMethodAndOutcome() {
        // Given
        metrics.routes(Set.of("port-eu"));

        // When
        metrics.ended(exchange("port-eu", "tools/call"));
        metrics.upstreamAnswered("port-eu", Duration.ofMillis(3));

        // Then
        assertThat(metrics.scrape())
                .contains(
                        "portcullis_exchanges_total{decision=\"denied\",method=\"tools/call\",outcome=\"denied\","
                                + "route=\"port-eu\"} 1.0",
                        "portcullis_exchange_duration_seconds_count{outcome=\"denied\",route=\"port-eu\"} 1",
                        "portcullis_decision_duration_seconds_count 1",
                        "portcullis_upstream_duration_seconds_count{route=\"port-eu\"} 1",
                        "portcullis_request_bytes_total{route=\"port-eu\"} 10.0",
                        "portcullis_refusals_total{reason=\"killed\"} 1.0",
                        "jvm_memory_used_bytes");
    }

    @Test
    void inventedNamesMakeNoSeries() {
        // When
        for (int i = 0; i < 100; i++) {
            metrics.ended(exchange("route-" + i, "method/" + i));
        }

        // Then
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("portcullis_exchanges_total")))
                .containsExactly("portcullis_exchanges_total{decision=\"denied\",method=\"other\",outcome=\"denied\","
                        + "route=\"unknown\"} 100.0");
    }

    @Test
    void everyReadingIsReadAtEachScrape() {
        // Given
        for (var reading : Reading.values()) {
            metrics.watch(reading, () -> 7);
        }

        // When
        var scraped = metrics.scrape();

        // Then
        assertThat(scraped.lines().filter(line -> line.startsWith("portcullis_") && line.endsWith(" 7.0")))
                .hasSize(Reading.values().length);
        assertThat(scraped).contains("portcullis_audit_lag_seconds 7.0", "portcullis_audit_records_written_total 7.0");
    }

    @Test
    void countIsStillReadWhenNobodyElseHoldsOnToIt() {
        // Given
        for (var reading : Reading.values()) {
            var seven = new AtomicInteger(7);
            metrics.watch(reading, seven::get);
        }

        // When
        var probe = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return probe.get() == null;
        });

        // Then
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("portcullis_") && line.endsWith(" 7.0")))
                .hasSize(Reading.values().length);
    }

    private static EndedExchange exchange(String route, String method) {
        return new EndedExchange(
                Optional.of(route),
                Optional.of(method),
                "denied",
                "denied",
                Optional.of("killed"),
                10,
                20,
                OptionalLong.of(80),
                1_500);
    }
}
