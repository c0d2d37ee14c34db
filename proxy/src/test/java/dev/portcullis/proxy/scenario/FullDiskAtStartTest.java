package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.ProxyMain;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.ProxyConfig;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A replica is started on a disk that is really full, where whoever runs the tests may mount one.
@Timeout(120)
class FullDiskAtStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path disk;

    private final TestDatabase database = TestDatabase.create();
    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()) == 0;
        assumeTrue(isMounted, "mount is not permitted");
        DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .insertInto(POLICY_VERSIONS)
                .set(
                        POLICY_VERSIONS.DOCUMENT,
                        "{apiVersion: portcullis/v1, organization: acme, rules: [],"
                                + " routes: {r: {upstream: \"http://127.0.0.1:1/mcp\", authentication: open}}}")
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "test")
                .execute();
    }

    @AfterEach
    void unmount() throws Exception {
        database.close();
        assertThat(!isMounted || run("umount", disk.toString()) == 0)
                .as("no file is left open")
                .isTrue();
    }

    @Test
    void replicaSaysThatItIsNotReadyAndServesWhenThereIsRoom() throws Exception {
        // Given
        var filler = fill();
        var management = freePort();

        try (var starting = Executors.newVirtualThreadPerTaskExecutor()) {
            // When
            var started = starting.submit(() -> ProxyMain.start(config(management)));

            // Then
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(get(management, "/readyz").body()).contains("room on the disk"));
            assertThat(get(management, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(management, "/livez").statusCode()).isEqualTo(200);
            assertThat(started.isDone()).isFalse();

            // When
            Files.delete(filler);

            // Then
            try (RunningProxy proxy = started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(get(management, "/readyz").statusCode()).isEqualTo(200);
                assertThat(get(proxy.port(), "/mcp/nowhere").statusCode()).isEqualTo(404);
            }
        }
    }

    private ProxyConfig config(int management) {
        return ConfigurationFile.parse(
                        """
                        replica: replica-1
                        database: {url: "%s", user: "%s", password: "%s"}
                        proxy:
                          listen: 127.0.0.1:0
                          audit: {journal: {directory: "%s", size: 64MiB}}
                        management: {listen: "127.0.0.1:%d"}
                        """.formatted(
                                        database.url(),
                                        database.user(),
                                        database.password(),
                                        disk.resolve("journal"),
                                        management),
                        Map.of())
                .read(ProxyConfig::read);
    }

    /// Takes all the room there is.
    private Path fill() throws IOException {
        var filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(Files.getFileStore(disk).getUsableSpace()).isZero();
            return filler;
        }
    }

    /// On a connection of its own: two servers have the management port, one after the other.
    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }
}
