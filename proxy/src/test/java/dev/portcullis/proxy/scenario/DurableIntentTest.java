package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.audit.journal.Journal;
import dev.portcullis.proxy.audit.journal.Kept;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Nothing goes upstream before it is on the disk.
@Timeout(120)
class DurableIntentTest {
    private static final long SIZE = 64L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void intentIsDurableBeforeTheUpstreamSeesTheCall() throws Exception {
        try (var upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var proxy = proxy(upstream.getLocalPort());
                var client = proxy.connect()) {
            // Given
            upstream.setSoTimeout((int) PATIENCE.toMillis());

            // When
            client.getOutputStream().write(Calls.post("r").getBytes(StandardCharsets.UTF_8));
            try (var server = upstream.accept()) {
                assertThat(server.getInputStream().read()).as("the first byte").isPositive();
                var kept = keptAsIfKilled();

                // Then
                assertThat(kept).hasSize(1);
                assertThat(new String(kept.getFirst().record(), StandardCharsets.UTF_8))
                        .contains("\"tool\":\"list_entities\"", "\"outcome\":\"unknown\"", "\"decision\":\"allowed\"");
                assertThat(RawMessage.read(server.getInputStream())).isNotNull();
                server.getOutputStream().write(Calls.ANSWER.response().getBytes(StandardCharsets.UTF_8));
                var answer = RawMessage.read(client.getInputStream());
                assertThat(answer).isNotNull();
                assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                                .get("outcome"))
                        .isEqualTo("succeeded");
            }
        }
    }

    @Test
    void journalThatCannotBeWrittenRefusesTheCallUntilItCan() throws Exception {
        try (var upstream = new ScriptedUpstream();
                var proxy = proxy(upstream.port())) {
            // Given a journal whose directory is taken away
            upstream.answersWith(Calls.ANSWER);
            assertThat(call(proxy)).isEqualTo(200);
            Files.move(journal(), folder.resolve("gone"));
            Files.writeString(journal(), "in its place");

            // When it needs another file
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> call(proxy) == 503);

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(proxy.metrics()).contains("portcullis_audit_journal_broken 1.0"));
            upstream.answersWith(Calls.ANSWER);
            assertThat(call(proxy)).isEqualTo(503);
            assertThat(upstream.received()).isEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(proxy.refusals("not_recordable")).hasSizeGreaterThanOrEqualTo(2));
            assertThat(proxy.readiness()).contains("nothing is forwarded").contains("503");

            // When
            Files.delete(journal());

            // Then
            await().atMost(PATIENCE).until(() -> call(proxy) == 200);
            assertThat(proxy.readiness()).contains("200 OK");
        }
    }

    private static int call(ProxyUnderTest proxy) throws IOException {
        return proxy.exchange(Calls.large("r", 60_000)).status();
    }

    private List<Kept> keptAsIfKilled() throws IOException {
        var copy = Files.createDirectories(folder.resolve("copy"));
        try (var files = Files.list(journal())) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".journal")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (var left = Journal.open(new Durability.Journal(copy, SIZE), nanos -> {})) {
            return left.kept();
        }
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    private ProxyUnderTest proxy(int upstreamPort) throws Exception {
        return new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules: []
                """.formatted(upstreamPort),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstreamPort),
                AuditSettings.defaults().with(new Durability.Journal(journal(), SIZE)));
    }
}
