package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.standalone.process.ProxyReplica;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// The kill switch of one replica, as its operator uses it: from the command line, through the management port,
/// while the database is away. Two replicas on a real PostgreSQL.
class OneReplicaKilledIT {
    private static final String TOKEN = "token-of-replica-1-alone";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<OutputStream> upstreamEnds = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private int upstream;

    @BeforeEach
    void start() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", this::answer);
        server.start();
        running.push(() -> server.stop(0));
        upstream = server.getAddress().getPort();
        database = TestDatabase.create();
        running.push(database);
        FirstStart.publishFirst(database.dataSource(), """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  mine: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                """.formatted(upstream), "test");
        Files.writeString(folder.resolve("kill-token"), TOKEN + "\n");
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdownNow();
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Test
    void replicaIsStoppedAloneWithoutTheDatabaseAndThroughARestartUntilItIsReleased() throws Exception {
        // Given two replicas, one with a kill switch of its own, streams on both, and no database
        var one = replica("replica-1", "kills: {token: 'file:kill-token', file: kills.json}");
        var other = replica("replica-2", "");
        var cut = new OpenStream(one);
        var spared = new OpenStream(other);
        leaveTheDatabase();

        // When
        assertThat(run(one, "guessed-and-long-enough", "kill", "--reason", "guess")
                        .code())
                .isEqualTo(2);
        assertThat(run(other, TOKEN, "kill", "--reason", "wrong replica").errors())
                .as("it has no such switch")
                .contains("refuses with 405");
        assertThat(call(one).statusCode()).isEqualTo(200);
        assertThat(said(one, "kill", "--reason", "key leaked", "--message", "MCP is off here."))
                .contains("Engaged: kill ", "This replica obeys");

        // Then
        assertThat(cut.end()).succeedsWithin(PATIENCE);
        assertStopped(one);
        assertThat(said(one, "status")).contains("is engaged for the whole organization: key leaked");
        assertThat(readiness(one)).contains("1 kills, 1 of them of this replica alone");
        assertGoesOn(other, spared);

        // When the replica starts again
        returnToTheDatabase();
        awaitReport();
        running.remove(one);
        one.close();
        var again = replica("replica-1", "kills: {token: 'file:kill-token', file: kills.json}");

        // Then
        assertStopped(again);
        assertThat(said(again, "status")).contains("key leaked");
        assertGoesOn(other, spared);

        // When
        assertThat(said(again, "release", "--reason", "key replaced")).startsWith("Released: kill ");

        // Then
        assertThat(call(again).statusCode()).isEqualTo(200);
        assertThat(said(again, "status")).isEqualTo("No kill is engaged.\n");
        assertThat(readiness(again)).contains("0 kills");
    }

    private void assertStopped(RunningProxy proxy) throws Exception {
        var answer = call(proxy);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("MCP is off here.");
    }

    private void assertGoesOn(RunningProxy proxy, OpenStream stream) throws Exception {
        assertThat(call(proxy).statusCode()).isEqualTo(200);
        var before = stream.events.size();
        sendEvent();
        await().atMost(PATIENCE).until(() -> stream.events.size() > before);
        assertThat(readiness(proxy)).contains("0 kills");
    }

    private HttpResponse<String> call(RunningProxy proxy) throws Exception {
        return client.send(
                request(proxy)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\","
                                + "\"params\":{\"name\":\"peek\"}}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(RunningProxy proxy) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/mcp/mine"))
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25");
    }

    private String readiness(RunningProxy proxy) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(management(proxy) + "/readyz"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String management(RunningProxy proxy) {
        return "http://127.0.0.1:" + proxy.managementPort();
    }

    /// A client that waits for what the server says.
    private final class OpenStream {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> end;

        OpenStream(RunningProxy proxy) throws Exception {
            var response = client.send(request(proxy).GET().build(), BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            end = CompletableFuture.runAsync(
                    () -> response.body()
                            .filter(line -> line.startsWith("data:"))
                            .forEach(events::add),
                    Thread::startVirtualThread);
            sendEvent();
            await().atMost(PATIENCE).until(() -> !events.isEmpty());
        }

        /// However it ends.
        CompletableFuture<Boolean> end() {
            return end.handle((nothing, failure) -> true);
        }
    }

    private record Ended(int code, String out, String errors) {}

    /// What the command line says, which must be content.
    private String said(RunningProxy proxy, String... words) {
        var ended = run(proxy, TOKEN, words);
        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.errors()).isEmpty();
        return ended.out();
    }

    private static Ended run(RunningProxy proxy, String token, String... words) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(Stream.of(words), Stream.of("--management", management(proxy), "--token", token))
                        .toArray(String[]::new));
        return new Ended(code, out.toString(), errors.toString());
    }

    private void sendEvent() throws IOException {
        var event = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                + "{\"progressToken\":1,\"progress\":1}}\n\n";
        for (var end : upstreamEnds) {
            try {
                end.write(event.getBytes(StandardCharsets.UTF_8));
                end.flush();
            } catch (IOException cutMeanwhile) {
                upstreamEnds.remove(end);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            upstreamEnds.add(exchange.getResponseBody());
            return;
        }
        var body = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}}";
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    /// Nobody is let in, and who was in is thrown out.
    private void leaveTheDatabase() throws SQLException {
        administer("alter database %s with allow_connections false");
        administer("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%s'");
    }

    private void returnToTheDatabase() throws SQLException {
        administer("alter database %s with allow_connections true");
    }

    private void administer(String statement) throws SQLException {
        var name = database.url().substring(database.url().lastIndexOf('/') + 1);
        var server = database.url().substring(0, database.url().lastIndexOf('/') + 1);
        try (var connection = DriverManager.getConnection(server + "postgres", database.user(), database.password());
                var prepared = connection.createStatement()) {
            prepared.execute(statement.formatted(name));
        }
    }

    /// From now on the other replica may have read of the kill, too.
    private void awaitReport() {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(SQLException.class).until(() -> {
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery("select replica from gateway.kills where reason = 'key leaked'")) {
                return rows.next() && rows.getString(1).equals("replica-1");
            }
        });
    }

    private RunningProxy replica(String name, String management) throws IOException {
        var file = Files.writeString(folder.resolve(name + ".yaml"), """
                database: {url: "%s", user: "%s"}
                replica: %s
                management:
                  listen: 127.0.0.1:0
                  %s
                proxy:
                  listen: 127.0.0.1:0
                  upstreams:
                    allowedLoopback: ["127.0.0.1:%d"]
                """.formatted(
                        database.url(), database.user(), name, management, upstream));
        var proxy = ProxyReplica.start(ConfigurationFile.load(
                        file,
                        Map.of(
                                "PORTCULLIS_DATABASE_PASSWORD",
                                database.password(),
                                "PORTCULLIS_PROXY_AUDIT_JOURNAL_DIRECTORY",
                                folder.resolve("journal-" + name).toString()))
                .read(ProxyConfig::read));
        running.push(proxy);
        return proxy;
    }
}
