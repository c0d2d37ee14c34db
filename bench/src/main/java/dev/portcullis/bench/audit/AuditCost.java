package dev.portcullis.bench.audit;

import dev.portcullis.bench.Delays;
import dev.portcullis.bench.Distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What recording costs a call, for each way of keeping records; and how fast they are shipped. `bench/audit.sh`
/// runs it.
public final class AuditCost implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final List<String> WAYS = List.of("memory", "journal", "database");

    private final ReceivingUpstream upstream = new ReceivingUpstream();
    private final KilledDatabase database;
    private final KilledProxy proxy;

    /// @param durability as in `proxy.audit.durability`
    public AuditCost(Path root, String javaOptions, String durability)
            throws IOException, InterruptedException, SQLException {
        var folder = Files.createTempDirectory("portcullis-audit");
        database = new KilledDatabase(folder.resolve("postgresql"));
        proxy = new KilledProxy(
                new Distribution(root, folder), javaOptions, database.port(), upstream.port(), durability);
        proxy.awaitReady();
    }

    /// What a call took.
    ///
    /// @param processorMicros of the proxy, for each call
    public record Figures(
            String durability, int clients, double perSecond, double p50, double p99, double processorMicros) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s, %d clients | %,.0f | %.2f ms | %.2f ms | %,.0f µs |",
                    durability,
                    clients,
                    perSecond,
                    p50,
                    p99,
                    processorMicros);
        }
    }

    /// `SECONDS`, for each measurement; the distribution and the JVM options are system properties.
    public static void main(String[] arguments) throws Exception {
        var root = Path.of(System.getProperty("distribution", "standalone/target/distribution"));
        var options = System.getProperty("javaOptions", "");
        var seconds = Duration.ofSeconds(Long.parseLong(arguments[0]));
        System.out.println(
                "| | calls a second | p50 | p99 | processor time of the proxy for a call |\n|---|---|---|---|---|");
        for (var way : WAYS) {
            try (var cost = new AuditCost(root, options, way)) {
                cost.measure(way, 8, WARM_UP);
                System.out.println(cost.measure(way, 1, seconds));
                System.out.println(cost.measure(way, 16, seconds));
                if (way.equals("journal")) {
                    System.out.printf(
                            Locale.ROOT, "shipped after an outage: %,.0f rows a second%n", cost.shipped(seconds));
                }
            }
        }
        System.exit(0);
    }

    /// Calls as fast as `clients` can, each its next one when the last is answered.
    public Figures measure(String durability, int clients, Duration duration) throws InterruptedException {
        var delays = new Delays();
        var processor = proxy.processorNanos();
        var begin = System.nanoTime();
        try (var _ = new CallLoad(proxy.port(), clients, delays::add)) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
        var took = System.nanoTime() - begin;
        return new Figures(
                durability,
                clients,
                delays.count() * 1e9 / took,
                delays.percentile(0.5),
                delays.percentile(0.99),
                (proxy.processorNanos() - processor) / 1e3 / Math.max(1, delays.count()));
    }

    /// How many rows a second are written when PostgreSQL is back after calls of `duration`.
    public double shipped(Duration duration) throws IOException, InterruptedException {
        database.kill();
        long calls;
        try (var load = new CallLoad(proxy.port(), 16, nanos -> {})) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            calls = load.succeeded();
        }
        database.startAgain();
        proxy.awaitShipping();
        var begin = System.nanoTime();
        proxy.awaitShipped();
        return calls * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        database.close();
        upstream.close();
    }
}
