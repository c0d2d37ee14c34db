package dev.portcullis.console.sinks.api;

import dev.portcullis.console.sinks.SinkStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Metrics of sinks in the text format of Prometheus. They are read from the database when they are
/// asked for, so every console tells the same.
final class SinkMetrics {
    static final String MEDIA_TYPE = "text/plain;version=0.0.4;charset=utf-8";
    private static final double MILLIS_PER_SECOND = 1_000;

    private SinkMetrics() {}

    static String of(List<SinkStatus> sinks, Instant now) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            sinks.forEach(sink -> register(registry, sink, now));
            return registry.scrape();
        } finally {
            registry.close();
        }
    }

    private static void register(PrometheusMeterRegistry registry, SinkStatus sink, Instant now) {
        FunctionCounter.builder("portcullis.sink.acknowledged", sink, SinkStatus::acknowledged)
                .description("Records that the receiver has acknowledged, repetitions included")
                .tag("sink", sink.name())
                .register(registry);
        Gauge.builder("portcullis.sink.waiting", sink, SinkStatus::waiting)
                .description("Records that are still to be sent")
                .tag("sink", sink.name())
                .register(registry);
        Gauge.builder(
                        "portcullis.sink.lag.seconds",
                        sink,
                        status -> status.oldestWaiting()
                                .map(oldest -> Duration.between(oldest.toInstant(), now)
                                                .toMillis()
                                        / MILLIS_PER_SECOND)
                                .orElse(0.0))
                .description("Age of the oldest record that is still to be sent")
                .tag("sink", sink.name())
                .register(registry);
        Gauge.builder("portcullis.sink.healthy", sink, status -> status.isHealthy() ? 1 : 0)
                .description("1 while the receiver takes what it is sent")
                .tag("sink", sink.name())
                .register(registry);
    }
}
