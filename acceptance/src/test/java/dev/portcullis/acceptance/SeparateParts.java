package dev.portcullis.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Two proxies and a console as processes of their own on one PostgreSQL, as in production.
final class SeparateParts implements Closeable {
    private static final Pattern ADMIN_TOKEN = Pattern.compile("pca_[A-Za-z0-9_-]+");
    private static final Map<String, String> SECRETS = Map.of("DATABASE_PASSWORD", "postgres");

    private final String name;
    private final Path folder;
    private final Extra extra;
    private final EmbeddedPostgres postgres;
    private final URI first = loopback(LaunchedCommand.freePort());
    private final URI second = loopback(LaunchedCommand.freePort());
    private final URI console = loopback(LaunchedCommand.freePort());
    private final Deque<LaunchedCommand> running = new ArrayDeque<>();
    private String consolePrinted = "";
    private String adminToken = "";

    private SeparateParts(String name, Path folder, Extra extra, EmbeddedPostgres postgres) {
        this.name = name;
        this.folder = folder;
        this.extra = extra;
        this.postgres = postgres;
    }

    /// What the configuration says besides where the parts are.
    ///
    /// @param proxy lines below `proxy`
    /// @param others whole sections
    record Extra(String proxy, String others) {}

    /// Starts them and waits until both proxies are at work.
    ///
    /// @param name of their logs, unique among the tests
    /// @param folder for configuration files; `file:` begins there
    static SeparateParts start(String name, Path folder, String policy, Extra extra) throws IOException, SQLException {
        var parts = new SeparateParts(
                name, folder, extra, EmbeddedPostgres.builder().start());
        try {
            parts.start(policy);
        } catch (IOException | SQLException | RuntimeException | Error e) {
            parts.close();
            throw e;
        }
        return parts;
    }

    List<URI> proxies() {
        return List.of(first, second);
    }

    URI console() {
        return console;
    }

    AdminApi api() {
        return new AdminApi(console, adminToken);
    }

    /// What commands need to know to speak to this console.
    Map<String, String> access() {
        return Map.of("PORTCULLIS_URL", console.toString(), "PORTCULLIS_TOKEN", adminToken);
    }

    String consolePrinted() {
        return consolePrinted;
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            running.pop().close();
        }
        postgres.close();
    }

    private void start(String policy) throws IOException, SQLException {
        createDatabase(postgres.getPort());
        var document = Files.writeString(folder.resolve("policy.yaml"), policy);
        LaunchedCommand.run(
                name + "-migrate", SECRETS, List.of("migrate", "--config", config(first), "--policy", document + ""));
        var launched = launch("console", "console", first);
        for (var proxy : proxies()) {
            launch("proxy-" + proxy.getPort(), "proxy", proxy);
        }
        launched.awaitAnswer(console.resolve("/sign-in"));
        consolePrinted = launched.output();
        adminToken = ADMIN_TOKEN
                .matcher(consolePrinted)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api().get("/replicas").required("items").size() == 2);
    }

    private LaunchedCommand launch(String part, String command, URI proxy) throws IOException {
        var launched = LaunchedCommand.start(name + "-" + part, SECRETS, List.of(command, "--config", config(proxy)));
        running.push(launched);
        return launched;
    }

    private String config(URI proxy) throws IOException {
        var file = folder.resolve("proxy-" + proxy.getPort() + ".yaml");
        return Files.exists(file)
                ? file.toString()
                : Files.writeString(file, """
                database:
                  url: jdbc:postgresql://127.0.0.1:%d/portcullis
                  user: postgres
                  password: ${DATABASE_PASSWORD}
                replica: proxy-%d
                management:
                  listen: 127.0.0.1:%d
                console:
                  listen: %s
                %sproxy:
                  listen: %s
                  audit: {journal: {directory: journal-%d}}
                %s""".formatted(
                                        postgres.getPort(),
                                        proxy.getPort(),
                                        LaunchedCommand.freePort(),
                                        console.getAuthority(),
                                        extra.others(),
                                        proxy.getAuthority(),
                                        proxy.getPort(),
                                        extra.proxy().indent(2)))
                        .toString();
    }

    private static void createDatabase(int port) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/", "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database portcullis");
        }
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
