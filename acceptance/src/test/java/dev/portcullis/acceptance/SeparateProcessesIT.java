package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.JavaClient.Denial;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

/// Two proxies, console and sandbox as processes of their own on one PostgreSQL, as in production.
class SeparateProcessesIT {
    private static final Pattern ADMIN_TOKEN = Pattern.compile("pca_[A-Za-z0-9_-]+");
    private static final String ROUTES = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
            """;
    private static final String READ_ONLY = ROUTES + """
            rules:
              - {id: read-only-by-default, readOnly: true}
            """;
    private static final String EVERYTHING = ROUTES + "rules: []\n";
    private static final Map<String, String> SECRETS = Map.of("DATABASE_PASSWORD", "postgres");

    @TempDir
    private static Path folder;

    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
    private static final URI FIRST = loopback(LaunchedCommand.freePort());
    private static final URI SECOND = loopback(LaunchedCommand.freePort());
    private static final URI CONSOLE = loopback(LaunchedCommand.freePort());
    private static final URI SANDBOX = loopback(LaunchedCommand.freePort());

    private static AdminApi api = new AdminApi(CONSOLE, "");
    private static String consolePrinted = "";

    @BeforeAll
    static void start() throws IOException, SQLException {
        var postgres = running(EmbeddedPostgres.builder().start());
        createDatabase(postgres.getPort());
        var policy = Files.writeString(folder.resolve("policy.yaml"), READ_ONLY);
        LaunchedCommand.run(
                "separate-migrate",
                SECRETS,
                List.of("migrate", "--config", config(postgres, FIRST), "--policy", policy.toString()));

        running(LaunchedCommand.start("separate-sandbox", Map.of(), List.of("sandbox", "--port=" + SANDBOX.getPort())));
        var console = running(LaunchedCommand.start(
                "separate-console", SECRETS, List.of("console", "--config", config(postgres, FIRST))));
        for (var proxy : List.of(FIRST, SECOND)) {
            running(LaunchedCommand.start(
                    "separate-proxy-" + proxy.getPort(),
                    SECRETS,
                    List.of("proxy", "--config", config(postgres, proxy))));
        }
        console.awaitAnswer(CONSOLE.resolve("/sign-in"));
        consolePrinted = console.output();
        var token = ADMIN_TOKEN.matcher(consolePrinted).results().findFirst().orElseThrow();
        api = new AdminApi(CONSOLE, token.group());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/replicas").required("items").size() == 2);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!RUNNING.isEmpty()) {
            RUNNING.pop().close();
        }
    }

    @Test
    void consoleTellsTheOperatorOnceHowToSignIn() {
        assertThat(consolePrinted).contains("admin").containsPattern("[a-z2-9]{5}(-[a-z2-9]{5}){4}");
    }

    @Test
    void everyReplicaObeysAPublication() {
        // Given
        for (var proxy : List.of(FIRST, SECOND)) {
            try (var client = JavaClient.connect(proxy, "port-eu")) {
                var refused = client.call("delete_entity", Map.of());
                assertThat(Denial.of(refused).rules()).containsExactly("read-only-by-default");
            }
        }

        // When
        var version = api.publish(EVERYTHING, "Everything is allowed");

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> api.get("/replicas")
                        .required("items")
                        .valueStream()
                        .allMatch(replica -> replica.required("policyVersion").asLong() == version));
        for (var proxy : List.of(FIRST, SECOND)) {
            try (var client = JavaClient.connect(proxy, "port-eu")) {
                assertThat(client.toolNames()).contains("delete_entity", "list_entities");
            }
        }
        assertThat(api.toolCalls("tool=delete_entity").stream()
                        .map(record -> record.required("replica").asString()))
                .as("both replicas write to one trail")
                .containsExactlyInAnyOrder("proxy-" + FIRST.getPort(), "proxy-" + SECOND.getPort());
    }

    private static String config(EmbeddedPostgres postgres, URI proxy) throws IOException {
        var file = folder.resolve("proxy-" + proxy.getPort() + ".yaml");
        return Files.writeString(file, """
                database:
                  url: jdbc:postgresql://127.0.0.1:%1$d/portcullis
                  user: postgres
                  password: ${DATABASE_PASSWORD}
                replica: proxy-%2$d
                proxy:
                  listen: 127.0.0.1:%2$d
                  upstreams:
                    sandbox: %3$s/{route}/v1
                    allowedLoopback: ["%4$s"]
                management:
                  listen: 127.0.0.1:%5$d
                console:
                  listen: 127.0.0.1:%6$d
                """.formatted(
                                postgres.getPort(),
                                proxy.getPort(),
                                SANDBOX,
                                SANDBOX.getAuthority(),
                                LaunchedCommand.freePort(),
                                CONSOLE.getPort()))
                .toString();
    }

    private static void createDatabase(int port) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/", "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database portcullis");
        }
    }

    private static <T extends AutoCloseable> T running(T part) {
        RUNNING.push(part);
        return part;
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
