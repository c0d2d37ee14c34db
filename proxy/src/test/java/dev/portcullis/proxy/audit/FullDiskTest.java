package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// On a disk that is really full, where whoever runs the tests may mount one.
@Timeout(180)
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE = 200_000;
    /// Of three files of the journal: it goes on in a new one and has the next ready.
    private static final int ROOM = 3 << 20;

    @TempDir
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0, "mount is not permitted");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void fullDiskIsSaidAndHeals() throws Exception {
        // Given
        var admitted = new ArrayList<UUID>();
        try (var metrics = new ProxyMetrics();
                var database = new RelayedDatabase();
                var trail = start(database, metrics)) {
            database.relay().cut();
            var filler = Files.write(disk.resolve("filler"), new byte[ROOM]);

            // When
            await().dontCatchUncaughtExceptions() // the journal's own threads may stumble over its end
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> isRefused(trail, "x".repeat(LARGE), admitted));

            // Then all are; a journal that was opened again at once may have had room for a small one
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> isSaid(trail) && isRefused(trail, "x", admitted));

            // When all is shipped, and there is room
            database.relay().mend();
            Files.delete(filler);

            // Then
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> trail.health().refusing().isEmpty());
            assertThat(admit(trail, RecordForTest.create().build())).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES)
                                    .select(TOOL_CALLS.ID)
                                    .from(TOOL_CALLS)
                                    .fetchSet(TOOL_CALLS.ID))
                            .containsAll(admitted));
        }
    }

    private static boolean isSaid(AuditTrail trail) {
        return trail.health()
                .refusing()
                .filter(reason -> reason.contains("space"))
                .isPresent();
    }

    private static boolean isRefused(AuditTrail trail, String argument, List<UUID> admitted) {
        var record = RecordForTest.create().arguments("\"" + argument + "\"").build();
        if (admit(trail, record)) {
            admitted.add(record.id());
            return false;
        }
        return true;
    }

    private static boolean admit(AuditTrail trail, AuditRecord record) {
        var slot = trail.reserve(record.id(), record.occurredAt()).orElseThrow();
        var admitted = slot.admit(record).stage().toCompletableFuture().join();
        slot.complete(record);
        return admitted;
    }

    private AuditTrail start(RelayedDatabase database, ProxyMetrics metrics) throws IOException {
        return AuditTrail.start(
                new AuditSettings(
                        10_000,
                        1L << 30,
                        Duration.ofMillis(50),
                        100,
                        new Durability.Journal(disk.resolve("journal"), 64L << 20)),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics);
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }
}
