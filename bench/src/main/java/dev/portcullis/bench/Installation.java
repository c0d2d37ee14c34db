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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Proxy replicas as an operator runs them: the built distribution, each in a process of its own, on one real
/// PostgreSQL, with two routes to each of our upstreams: one for everybody, and one for a caller who is known.
final class Installation implements AutoCloseable {
    private static final long START_SECONDS = 90;
    private static final long POLL_MILLIS = 50;
    private static final String DATABASE = "portcullis";
    private static final String KNOWN = "known-";

    private final Distribution distribution;
    private final Path folder;
    private final EmbeddedPostgres database;
    private final KnownCaller caller = new KnownCaller();
    private final List<Replica> replicas = new ArrayList<>();

    /// One proxy.
    private record Replica(int port, int managementPort, Process process) {}

    /// One replica.
    ///
    /// @param distribution the folder with `bin/portcullis`
    /// @param upstreamPorts by the name of the route that leads there
    /// @param streams how many may be open at once
    /// @param javaOptions for the replica's JVM
    Installation(Path distribution, Map<String, Integer> upstreamPorts, int streams, String javaOptions)
            throws IOException, InterruptedException, SQLException {
        this(distribution, upstreamPorts, streams, javaOptions, 1);
    }

    /// Several replicas on one database.
    Installation(Path distribution, Map<String, Integer> upstreamPorts, int streams, String javaOptions, int count)
            throws IOException, InterruptedException, SQLException {
        folder = Files.createTempDirectory("portcullis-bench");
        this.distribution = new Distribution(distribution, folder);
        database = EmbeddedPostgres.builder().start();
        createDatabase();
        Files.writeString(folder.resolve("secrets.key"), caller.masterKey().reveal());
        var policy = Files.writeString(folder.resolve("policy.yaml"), policy(upstreamPorts));
        for (var i = 1; i <= count; i++) {
            var port = freePort();
            var managementPort = freePort();
            var name = "bench-" + i;
            var config = Files.writeString(
                    folder.resolve(name + ".yaml"), configuration(name, port, managementPort, upstreamPorts, streams));
            if (i == 1) {
                migrate(config, policy);
                makeCallerKnown();
            }
            var process = this.distribution.start(name, List.of("proxy", "--config", config.toString()), javaOptions);
            // Also when the measurement is interrupted.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            replicas.add(new Replica(port, managementPort, process));
        }
        for (var replica : replicas) {
            awaitReady(replica);
        }
    }

    /// Where clients connect to the first replica.
    int port() {
        return replicas.getFirst().port();
    }

    /// Where clients connect to each.
    List<Integer> ports() {
        return replicas.stream().map(Replica::port).toList();
    }

    /// Who may use the other route to an upstream.
    KnownCaller caller() {
        return caller;
    }

    /// The name of that route.
    static String routeOfCaller(String route) {
        return KNOWN + route;
    }

    /// A connection to the replicas' database; whoever asks for it closes it.
    Connection connect() throws SQLException {
        return database.getDatabase("postgres", DATABASE).getConnection();
    }

    /// The memory that the first replica's process occupies, in MiB.
    long residentMebibytes() throws IOException {
        var pid = replicas.getFirst().process().pid();
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        replicas.forEach(replica -> replica.process().destroy());
        try {
            for (var replica : replicas) {
                replica.process().waitFor(START_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        replicas.forEach(replica -> replica.process().destroyForcibly());
        database.close();
    }

    private void migrate(Path config, Path policy) throws IOException, InterruptedException {
        var migration = this.distribution.start(
                "migrate", List.of("migrate", "--config", config.toString(), "--policy", policy.toString()), "");
        if (!migration.waitFor(START_SECONDS, TimeUnit.SECONDS) || migration.exitValue() != 0) {
            throw new IllegalStateException("the migration failed; see " + folder);
        }
    }

    private void makeCallerKnown() throws SQLException {
        try (var connection = connect()) {
            caller.store(connection);
        }
    }

    /// The limits that many streams need, and no others.
    private String configuration(
            String name, int port, int managementPort, Map<String, Integer> upstreamPorts, int streams) {
        var room = streams + 1000;
        var upstreams = upstreamPorts.values().stream()
                .map("\"127.0.0.1:%d\""::formatted)
                .collect(joining(", "));
        return """
                database:
                  url: jdbc:postgresql://127.0.0.1:%d/portcullis
                  user: postgres
                  password: postgres
                replica: %s
                secrets: {key: "file:secrets.key"}
                proxy:
                  listen: 127.0.0.1:%d
                  limits:
                    exchanges: %d
                    streamsPerCaller: %d
                  audit:
                    journal:
                      directory: journal-%s
                  upstreams:
                    allowedLoopback: [%s]
                    connectionsPerHost: %d
                management:
                  listen: 127.0.0.1:%d
                """.formatted(database.getPort(), name, port, room, room, name, upstreams, room, managementPort);
    }

    private static String policy(Map<String, Integer> upstreamPorts) {
        return "apiVersion: portcullis/v1\norganization: bench\nrules: []\nroutes:\n"
                + upstreamPorts.entrySet().stream()
                        .map(route -> route(route.getKey(), route.getValue(), "open")
                                + route(routeOfCaller(route.getKey()), route.getValue(), "gateway"))
                        .collect(joining());
    }

    private static String route(String name, int port, String authentication) {
        return "  %s: {upstream: \"http://127.0.0.1:%d/mcp\", authentication: %s}\n"
                .formatted(name, port, authentication);
    }

    private void createDatabase() throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
    }

    private void awaitReady(Replica replica) throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady(replica)) {
            if (!replica.process().isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the proxy did not start; see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean isReady(Replica replica) {
        try {
            var readiness = URI.create("http://127.0.0.1:" + replica.managementPort() + "/readyz")
                    .toURL();
            return ((HttpURLConnection) readiness.openConnection()).getResponseCode() == 200 && listens(replica);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean listens(Replica replica) throws IOException {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), replica.port())) {
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
