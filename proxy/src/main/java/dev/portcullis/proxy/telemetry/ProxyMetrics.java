package dev.portcullis.proxy.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// What a replica measures, for Prometheus. Callable from any thread, and cheap.
///
/// Label values are bounded: a route that the policy does not name is `unknown`, a method that MCP does
/// not have is `other`. So nobody makes series by inventing names.
public final class ProxyMetrics implements AutoCloseable {
    private static final String ROUTE = "route";
    private static final String OUTCOME = "outcome";
    private static final String NONE = "none";
    private static final Set<String> METHODS = Set.of(
            "initialize",
            "notifications/initialized",
            "notifications/progress",
            "notifications/cancelled",
            "notifications/roots/list_changed",
            "ping",
            "server/discover",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "subscriptions/listen",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel",
            "tasks/get",
            "tasks/result",
            "tasks/cancel",
            "tasks/update");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final MeterProvider<Counter> exchanges;
    private final MeterProvider<Counter> refusals;
    private final MeterProvider<Counter> requestBytes;
    private final MeterProvider<Counter> responseBytes;
    private final MeterProvider<Timer> latency;
    private final MeterProvider<Timer> upstream;
    private final MeterProvider<Counter> tokenFetches;
    private final MeterProvider<Counter> limitPayments;
    private final MeterProvider<Counter> connectionsRefused;
    private final MeterProvider<Timer> opa;
    private final Timer decisions;
    private final Timer journalSync;
    /// Counters that ask somebody else do not keep him alive by themselves.
    private final List<DoubleSupplier> watched = new CopyOnWriteArrayList<>();

    private volatile Set<String> routes = Set.of();

    public ProxyMetrics() {
        exchanges = counter("portcullis.exchanges", "Exchanges that ended");
        refusals = counter("portcullis.refusals", "Exchanges that the gateway itself refused");
        requestBytes = counter("portcullis.request.bytes", "Bytes of request bodies");
        responseBytes = counter("portcullis.response.bytes", "Bytes of response bodies");
        connectionsRefused = counter("portcullis.connections.refused", "Connections closed before there was a request");
        tokenFetches = counter("portcullis.upstream.tokens", "Requests for tokens of the gateway's own");
        limitPayments = counter("portcullis.limit.calls", "Calls that a limit of the policy counted");
        latency = timer("portcullis.exchange.duration", "From the first byte of a request to the last of its response")
                .withRegistry(registry);
        upstream = timer("portcullis.upstream.duration", "From sending a request upstream to the head of its response")
                .withRegistry(registry);
        opa = timer(
                        "portcullis.opa.duration",
                        "From a question to the OPA server to its answer, or to why there is none")
                .withRegistry(registry);
        decisions = timer("portcullis.decision.duration", "How long the policy took to decide")
                .register(registry);
        journalSync = timer(
                        "portcullis.audit.journal.sync.duration", "How long a group of records took to reach the disk")
                .register(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    /// An exchange that ended, as far as it is counted.
    ///
    /// @param refusal the key of the gateway's own refusal
    public record EndedExchange(
            Optional<String> route,
            Optional<String> method,
            String decision,
            String outcome,
            Optional<String> refusal,
            long requestBytes,
            long responseBytes,
            OptionalLong decisionMicros,
            long latencyMicros) {}

    /// Counts an exchange that ended.
    public void ended(EndedExchange exchange) {
        var route = routeLabel(exchange.route());
        var method = exchange.method()
                .map(name -> METHODS.contains(name) ? name : "other")
                .orElse(NONE);
        exchanges
                .withTags(Tags.of(
                        ROUTE, route, "method", method, "decision", exchange.decision(), OUTCOME, exchange.outcome()))
                .increment();
        latency.withTags(ROUTE, route, OUTCOME, exchange.outcome())
                .record(exchange.latencyMicros(), TimeUnit.MICROSECONDS);
        exchange.decisionMicros().ifPresent(micros -> decisions.record(micros, TimeUnit.MICROSECONDS));
        requestBytes.withTags(ROUTE, route).increment((double) exchange.requestBytes());
        responseBytes.withTags(ROUTE, route).increment((double) exchange.responseBytes());
        exchange.refusal()
                .ifPresent(reason -> refusals.withTags("reason", reason).increment());
    }

    /// Counts how long an upstream took until its response began.
    public void upstreamAnswered(String route, Duration duration) {
        upstream.withTags(ROUTE, routeLabel(Optional.of(route))).record(duration);
    }

    /// Counts a question to the OPA server.
    ///
    /// @param outcome `answered`, or a short key
    public void opaAsked(String outcome, Duration took) {
        opa.withTags(OUTCOME, outcome).record(took);
    }

    /// Counts a request for a token of the gateway's own.
    ///
    /// @param outcome `fetched`, `refused` or `unavailable`
    public void tokenFetched(String outcome) {
        tokenFetches.withTags(OUTCOME, outcome).increment();
    }

    /// Counts a call that had to pay for a limit of the policy.
    ///
    /// @param outcome `paid`, `refused`, `paid_alone`, `refused_alone` or `uncounted`
    public void limitAsked(String outcome) {
        limitPayments.withTags(OUTCOME, outcome).increment();
    }

    /// Counts a group of audit records that reached the disk.
    public void journalSynced(Duration took) {
        journalSync.record(took);
    }

    /// Counts a connection that was closed before there was a request.
    ///
    /// @param reason a short key
    public void connectionRefused(String reason) {
        connectionsRefused.withTags("reason", reason).increment();
    }

    /// Names the routes that have series of their own.
    public void routes(Set<String> names) {
        routes = Set.copyOf(names);
    }

    /// Asks `value` at every scrape; it must be quick and must not throw. The metrics keep it for ever.
    public void watch(Reading reading, DoubleSupplier value) {
        watched.add(value);
        switch (reading.kind()) {
            case LEVEL ->
                Gauge.builder(reading.meter(), value::getAsDouble)
                        .description(reading.description())
                        .register(registry);
            case COUNT ->
                FunctionCounter.builder(reading.meter(), value, DoubleSupplier::getAsDouble)
                        .description(reading.description())
                        .register(registry);
        }
    }

    /// All metrics in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private String routeLabel(Optional<String> route) {
        return route.map(name -> routes.contains(name) ? name : "unknown").orElse(NONE);
    }

    private MeterProvider<Counter> counter(String name, String description) {
        return Counter.builder(name).description(description).withRegistry(registry);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60));
    }
}
