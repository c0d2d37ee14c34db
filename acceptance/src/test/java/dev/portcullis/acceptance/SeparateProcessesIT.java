package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.JavaClient.Denial;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Two proxies, console and sandbox as processes of their own on one PostgreSQL, as in production.
class SeparateProcessesIT {
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

    @TempDir
    private static Path folder;

    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
    private static SeparateParts parts;
    private static AdminApi api;

    @BeforeAll
    static void start() throws Exception {
        var port = LaunchedCommand.freePort();
        running(LaunchedCommand.start("separate-sandbox", Map.of(), List.of("sandbox", "--port=" + port)));
        parts = running(
                SeparateParts.start("separate", folder, READ_ONLY, new SeparateParts.Extra("""
                        upstreams:
                          sandbox: http://127.0.0.1:%1$d/{route}/v1
                          allowedLoopback: ["127.0.0.1:%1$d"]
                        """.formatted(port), "")));
        api = parts.api();
    }

    @AfterAll
    static void stop() throws Exception {
        while (!RUNNING.isEmpty()) {
            RUNNING.pop().close();
        }
    }

    @Test
    void consoleTellsTheOperatorOnceHowToSignIn() {
        assertThat(parts.consolePrinted()).contains("admin").containsPattern("[a-z2-9]{5}(-[a-z2-9]{5}){4}");
    }

    @Test
    void everyReplicaObeysAPublication() {
        // Given
        for (var proxy : parts.proxies()) {
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
        for (var proxy : parts.proxies()) {
            try (var client = JavaClient.connect(proxy, "port-eu")) {
                assertThat(client.toolNames()).contains("delete_entity", "list_entities");
            }
        }
        assertThat(api.toolCalls("tool=delete_entity").stream()
                        .map(record -> record.required("replica").asString()))
                .as("both replicas write to one trail")
                .containsExactlyInAnyOrderElementsOf(parts.proxies().stream()
                        .map(proxy -> "proxy-" + proxy.getPort())
                        .toList());
    }

    private static <T extends AutoCloseable> T running(T part) {
        RUNNING.push(part);
        return part;
    }
}
