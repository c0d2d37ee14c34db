package dev.portcullis.bench;

import static java.util.stream.Collectors.joining;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A proxy replica as an operator runs it: the built distribution in a process of its own, on a real
/// PostgreSQL, with a route to each of our upstreams.
final class Installation implements AutoCloseable {
    private static final long START_SECONDS = 90;
    private static final long POLL_MILLIS = 50;

    private final Path distribution;
    private final Path folder;
    private final EmbeddedPostgres database;
    private final Process proxy;
    private final int port = freePort();
    private final int managementPort = freePort();

    /// @param distribution the folder with `bin/portcullis`
    /// @param upstreamPorts by the name of the route that leads there
    /// @param streams how many may be open at once
    /// @param javaOptions for the replica's JVM
    Installation(Path distribution, Map<String, Integer> upstreamPorts, int streams, String javaOptions)
            throws IOException, InterruptedException, SQLException {
        this.distribution = distribution;
        folder = Files.createTempDirectory("portcullis-bench");
        database = EmbeddedPostgres.builder().start();
        createDatabase();
        var config = Files.writeString(folder.resolve("portcullis.yaml"), configuration(upstreamPorts, streams));
        var policy = Files.writeString(folder.resolve("policy.yaml"), policy(upstreamPorts));
        var migration = start(List.of("migrate", "--config", config.toString(), "--policy", policy.toString()), "");
        if (!migration.waitFor(START_SECONDS, TimeUnit.SECONDS) || migration.exitValue() != 0) {
            throw new IllegalStateException("the migration failed; see " + folder);
        }
        proxy = start(List.of("proxy", "--config", config.toString()), javaOptions);
        // Also when the measurement is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::destroy));
        awaitReady();
    }

    /// Where clients connect.
    int port() {
        return port;
    }

    /// The memory that the replica's process occupies, in MiB.
    long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(proxy.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        proxy.destroy();
        try {
            proxy.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        proxy.destroyForcibly();
        database.close();
    }

    /// The limits that many streams need, and no others.
    private String configuration(Map<String, Integer> upstreamPorts, int streams) {
        var room = streams + 1000;
        var upstreams = upstreamPorts.values().stream()
                .map("\"127.0.0.1:%d\""::formatted)
                .collect(joining(", "));
        return """
                database:
                  url: jdbc:postgresql://127.0.0.1:%d/portcullis
                  user: postgres
                  password: postgres
                replica: bench
                proxy:
                  listen: 127.0.0.1:%d
                  limits:
                    exchanges: %d
                    streamsPerCaller: %d
                  upstreams:
                    allowedLoopback: [%s]
                    connectionsPerHost: %d
                management:
                  listen: 127.0.0.1:%d
                """.formatted(database.getPort(), port, room, room, upstreams, room, managementPort);
    }

    private static String policy(Map<String, Integer> upstreamPorts) {
        return "apiVersion: portcullis/v1\norganization: bench\nrules: []\nroutes:\n"
                + upstreamPorts.entrySet().stream()
                        .map(route -> "  %s: {upstream: \"http://127.0.0.1:%d/mcp\", authentication: open}\n"
                                .formatted(route.getKey(), route.getValue()))
                        .collect(joining());
    }

    private void createDatabase() throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database portcullis");
        }
    }

    private Process start(List<String> arguments, String javaOptions) throws IOException {
        var command =
                new ArrayList<>(List.of(distribution.resolve("bin/portcullis").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(arguments.getFirst() + ".log").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PORTCULLIS_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PORTCULLIS_JAVA_OPTIONS", javaOptions);
        return builder.start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (!proxy.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the proxy did not start; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean isReady() {
        try {
            var readiness =
                    URI.create("http://127.0.0.1:" + managementPort + "/readyz").toURL();
            return ((HttpURLConnection) readiness.openConnection()).getResponseCode() == 200 && listens();
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean listens() throws IOException {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
