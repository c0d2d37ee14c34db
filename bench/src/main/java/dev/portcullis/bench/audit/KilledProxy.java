package dev.portcullis.bench.audit;

import dev.portcullis.bench.Distribution;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A replica that can be killed, and started again on its journal.
final class KilledProxy implements AutoCloseable {
    private static final long START_SECONDS = 120;
    private static final long POLL_MILLIS = 50;
    private static final int ANSWER_MILLIS = 5_000;
    private static final Pattern RESERVED = Pattern.compile("(?m)^portcullis_audit_slots_reserved ([0-9.]+)");

    private final Distribution distribution;
    private final Path folder;
    private final String javaOptions;
    private final int port = freePort();
    private final int managementPort = freePort();
    private final Path config;
    private Process process;

    KilledProxy(Distribution distribution, String javaOptions, int databasePort, int upstreamPort, String durability)
            throws IOException, InterruptedException {
        this.distribution = distribution;
        this.folder = distribution.logs();
        this.javaOptions = javaOptions;
        this.config =
                Files.writeString(folder.resolve("proxy.yaml"), configuration(databasePort, upstreamPort, durability));
        migrate(upstreamPort);
        this.process = start();
    }

    int port() {
        return port;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = start();
    }

    /// Waits until it takes calls.
    void awaitReady() throws InterruptedException {
        await("ready", () -> read("/readyz"));
    }

    /// Waits until all it knows of is in the database.
    void awaitShipped() throws InterruptedException {
        await("done with shipping", () -> {
            if (reserved() > 0) {
                throw new IOException("records wait");
            }
        });
    }

    /// Waits until less of what it knows of waits for the database.
    void awaitShipping() throws InterruptedException, IOException {
        var before = reserved();
        await("shipping", () -> {
            if (reserved() >= before) {
                throw new IOException("records wait");
            }
        });
    }

    private double reserved() throws IOException {
        var reserved = RESERVED.matcher(read("/metrics"));
        if (!reserved.find()) {
            throw new IOException("no metrics");
        }
        return Double.parseDouble(reserved.group(1));
    }

    /// The processor time that the process has taken.
    long processorNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private interface Question {
        void ask() throws IOException;
    }

    private void await(String what, Question question) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                question.ask();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("the proxy is not " + what + "; see " + folder, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private String read(String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + managementPort + path).toURL().openConnection();
        connection.setReadTimeout(ANSWER_MILLIS);
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process start() throws IOException {
        var started = distribution.start("proxy", List.of("proxy", "--config", config.toString()), javaOptions);
        // Also when the measurement is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    private void migrate(int upstreamPort) throws IOException, InterruptedException {
        var policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: portcullis/v1
                organization: bench
                rules: []
                routes:
                  calls: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                """.formatted(upstreamPort));
        var migration = distribution.start(
                "migrate", List.of("migrate", "--config", config.toString(), "--policy", policy.toString()), "");
        if (!migration.waitFor(START_SECONDS, TimeUnit.SECONDS) || migration.exitValue() != 0) {
            throw new IllegalStateException("the migration failed; see " + folder);
        }
    }

    private String configuration(int databasePort, int upstreamPort, String durability) {
        return """
                database:
                  url: jdbc:postgresql://127.0.0.1:%d/portcullis
                  user: postgres
                  password: postgres
                replica: crash-1
                proxy:
                  listen: 127.0.0.1:%d
                  audit: {durability: %s}
                  upstreams:
                    allowedLoopback: ["127.0.0.1:%d"]
                management:
                  listen: 127.0.0.1:%d
                """.formatted(databasePort, port, durability, upstreamPort, managementPort);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
