package dev.portcullis.console.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.OpaClient;
import dev.portcullis.policy.engine.OpaDecisionPoint;
import dev.portcullis.policy.engine.OpaSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A real `opa run --server` that fetches the console's bundle, and a decision point that asks it: it
/// decides by what was published last, and obeys kills.
@Timeout(120)
class OpaServerTest {
    private static final String RULES = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
            rules: %s
            """;

    private final RunningConsole console = RunningConsole.shared();

    @TempDir
    private Path folder;

    @Test
    void serverDecidesByWhatIsPublishedAndObeysKills() throws Exception {
        var binary = binary();
        assumeThat(binary)
                .as(
                        "SKIPPED: no opa binary (set OPA, or put it on the PATH); bundles were NOT tried with an OPA server")
                .isPresent();
        var port = freePort();
        var opa = start(binary.get(), port);
        var url = URI.create("http://127.0.0.1:" + port);
        var settings = new OpaSettings(url, Optional.empty(), Optional.empty(), Duration.ofSeconds(5), 4, 1 << 20);
        try (var client = new OpaClient(settings, (outcome, took) -> {})) {
            // Given
            var open = publish("[]");
            await().atMost(Duration.ofSeconds(30)).until(() -> decide(client, "[]", open) instanceof Decision.Allow);

            // When
            var closed = publish("[{id: everyone-reads, readOnly: true}]");

            // Then
            assertThat(decide(client, "[{id: everyone-reads, readOnly: true}]", closed))
                    .isInstanceOfSatisfying(
                            Decision.Deny.class,
                            deny -> assertThat(deny.rules()).containsExactly("everyone-reads"));

            // When
            var again = publish("[]");
            var kill = RunningConsole.json(console.post(
                            "/api/v1/kills", "{\"scope\": {\"organization\": true}, \"reason\": \"incident\"}"))
                    .path("id")
                    .asString();

            // Then
            await().until(() -> decide(client, "[]", again) instanceof Decision.Deny deny
                    && deny.rules().equals(List.of("kill:" + kill)));

            // When
            console.send(console.request("/api/v1/kills/" + kill).DELETE());

            // Then
            await().until(() -> decide(client, "[]", again) instanceof Decision.Allow);
        } finally {
            opa.destroy();
        }
    }

    /// As a replica that has this version in force, and no kills.
    private static Decision decide(OpaClient client, String rules, long version) {
        var document = ((ReadResult.Valid) DocumentReader.read(RULES.formatted(rules))).document();
        return OpaDecisionPoint.of(client, document, version, List.of(), 1)
                .decide(new PolicyInput(
                        UUID.randomUUID(),
                        "acme",
                        Instant.now(),
                        "port-eu",
                        PolicyInput.CallerFacts.anonymous(),
                        new PolicyInput.ClientFacts(
                                Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                        Wishes.none(),
                        new Question.ToolCall("tools/call", ListedTool.unseen("upsert_entity"), "{}")))
                .stage()
                .toCompletableFuture()
                .join();
    }

    private long publish(String rules) {
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RULES.formatted(rules));
        return RunningConsole.json(console.post("/api/v1/policy/publish", "{\"comment\": \"opa\"}"))
                .path("version")
                .asLong();
    }

    /// With the configuration that docs/opa.md shows.
    private Process start(Path binary, int port) throws IOException {
        Files.writeString(folder.resolve("token"), console.tokenWith(Roles.BUNDLES));
        var configuration =
                Files.writeString(folder.resolve("opa.yaml"), """
                services:
                  console:
                    url: %s
                    credentials: {bearer: {token_path: %s}}
                bundles:
                  portcullis:
                    service: console
                    resource: api/v1/bundles/portcullis.tar.gz
                    polling: {long_polling_timeout_seconds: 30, min_delay_seconds: 1, max_delay_seconds: 2}
                """.formatted(console.uri(""), folder.resolve("token")));
        return new ProcessBuilder(
                        binary.toString(),
                        "run",
                        "--server",
                        "--disable-telemetry",
                        "--log-level=error",
                        "--addr=127.0.0.1:" + port,
                        "--config-file=" + configuration)
                .inheritIO()
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> binary() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Optional.ofNullable(System.getenv("OPA"))
                .map(Path::of)
                .or(() -> Stream.of(path.split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "opa"))
                        .filter(Files::isExecutable)
                        .findFirst());
    }
}
