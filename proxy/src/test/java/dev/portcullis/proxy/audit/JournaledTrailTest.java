package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ToolCallsRecord;
import dev.portcullis.proxy.audit.journal.JournalException;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.DSLContext;
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
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What the trail keeps in its journal survives the process, and reaches the database once.
@Timeout(120)
class JournaledTrailTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ProxyMetrics metrics = new ProxyMetrics();
    private RelayedDatabase database;
    private DSLContext sql;

    @BeforeEach
    void start() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
    }

    @AfterEach
    void stop() throws IOException {
        metrics.close();
        database.close();
    }

    @Test
    void callWhoseEndWasNotSeenIsRecordedAsUnknownAfterTheNextStart() throws Exception {
        // Given a call that was admitted, and what is on the disk at that moment
        var intent = RecordForTest.create().arguments("{\"a\": 1}").build();
        try (var trail = start("journal")) {
            database.relay().cut();
            assertThat(admit(trail, intent)).isTrue();
            copy("journal", "left");
        }
        database.relay().mend();

        // When
        try (var _ = start("left")) {
            await().atMost(PATIENCE).until(() -> rows().size() == 1);
        }

        // Then
        assertThat(rows().getFirst().getId()).isEqualTo(intent.id());
        assertThat(rows().getFirst().getOutcome()).isEqualTo(intent.outcome().wireName());
        assertThat(rows().getFirst().getArguments().data()).isEqualTo("{\"a\": 1}");
        assertThat(rows().getFirst().getOccurredAt().toInstant()).isEqualTo(intent.occurredAt());
    }

    @Test
    void recordsOutliveTheProcessWhileTheDatabaseIsAway() throws Exception {
        // Given
        database.relay().cut();
        var records =
                Stream.generate(() -> RecordForTest.create().build()).limit(300).toList();
        try (var trail = start("journal")) {
            records.forEach(record -> record(trail, record));
            trail.close(Duration.ofMillis(300));
            assertThat(trail.health().lost()).isZero();
        }
        assertThat(rows()).isEmpty();

        // When
        database.relay().mend();
        try (var trail = start("journal")) {
            assertThat(trail.health().reserved()).isGreaterThan(0);
            await().atMost(PATIENCE).until(() -> trail.health().written() == 300);
            assertThat(trail.health().reserved()).isZero();
        }

        // Then
        assertThat(rows())
                .extracting(ToolCallsRecord::getId)
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(AuditRecord::id).toList());
    }

    @Test
    void recordThatWasWrittenAlreadyIsNotWrittenAgain() throws Exception {
        // Given a record that is in the database, and in the journal as before that
        var record = RecordForTest.create().build();
        var other = RecordForTest.create().build();
        try (var trail = start("journal")) {
            database.relay().cut();
            record(trail, record);
            record(trail, other);
            await().atMost(PATIENCE)
                    .until(() -> trail.health().waiting() + trail.health().reserved() >= 2);
            settle();
            copy("journal", "left");
            database.relay().mend();
            await().atMost(PATIENCE).until(() -> rows().size() == 2);
        }

        // When
        try (var trail = start("left")) {
            await().atMost(PATIENCE).until(() -> trail.health().reserved() == 0);
        }

        // Then
        assertThat(rows()).extracting(ToolCallsRecord::getId).containsExactlyInAnyOrder(record.id(), other.id());
        try (var trail = start("left")) {
            assertThat(trail.health().reserved()).isZero();
        }
    }

    @Test
    void journalErrorIsSaidAndHeals() throws Exception {
        // Given a journal whose directory is taken away
        var kept = RecordForTest.create().build();
        try (var trail = start("journal")) {
            database.relay().cut();
            assertThat(admit(trail, kept)).isTrue();
            Files.move(folder.resolve("journal"), folder.resolve("gone"));
            Files.writeString(folder.resolve("journal"), "in its place");

            // When
            await().atMost(PATIENCE)
                    .until(() -> !admit(
                            trail,
                            RecordForTest.create()
                                    .arguments("\"" + "x".repeat(200_000) + "\"")
                                    .build()));

            // Then
            await().atMost(PATIENCE).until(() -> trail.health().refusing().isPresent());
            assertThat(trail.health().accepting()).isFalse();
            assertThat(metrics.scrape()).contains("portcullis_audit_journal_broken 1.0");
            assertThat(admit(trail, RecordForTest.create().build())).isFalse();

            // When
            Files.delete(folder.resolve("journal"));

            // Then
            await().atMost(PATIENCE).until(() -> trail.health().refusing().isEmpty());
            assertThat(admit(trail, RecordForTest.create().build())).isTrue();
            copy("journal", "left");
            database.relay().mend();
        }
        try (var _ = start("left")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rows())
                            .as("what the broken journal had")
                            .extracting(ToolCallsRecord::getId)
                            .contains(kept.id()));
        }
    }

    @Test
    void fullJournalTurnsExchangesAway() throws Exception {
        // Given
        database.relay().cut();
        try (var trail = AuditTrail.start(
                new AuditSettings(
                        1_000, 1L << 30, Duration.ofMillis(50), 100, new Durability.Journal(folder, 16L << 20)),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics)) {
            // When
            await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
                var record = RecordForTest.create()
                        .arguments("\"" + "x".repeat(200_000) + "\"")
                        .build();
                var slot = trail.reserve(record.id(), record.occurredAt());
                slot.ifPresent(place -> place.complete(record));
                return slot.isEmpty();
            });

            // Then
            assertThat(trail.health().journalFull()).isTrue();
            assertThat(trail.health().accepting()).isFalse();
            assertThat(trail.health().reserved()).isLessThan(1_000);

            // When
            database.relay().mend();

            // Then
            await().atMost(PATIENCE).until(() -> trail.health().accepting());
        }
    }

    @Test
    void secondReplicaOnTheSameJournalIsRefused() throws Exception {
        try (var _ = start("journal")) {
            assertThatThrownBy(() -> start("journal"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("every replica needs a directory of its own");
        }
    }

    @Test
    void nothingIsAdmittedAfterTheEnd() throws Exception {
        var trail = start("journal");
        var record = RecordForTest.create().build();
        var slot = trail.reserve(record.id(), record.occurredAt()).orElseThrow();

        trail.close();

        assertThat(slot.admit(record).stage().toCompletableFuture().join()).isFalse();
    }

    private AuditTrail start(String journal) throws IOException {
        return AuditTrail.start(
                new AuditSettings(
                        1_000,
                        1L << 24,
                        Duration.ofMillis(50),
                        100,
                        new Durability.Journal(folder.resolve(journal), 64L << 20)),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics);
    }

    /// Waits for what nobody else waits for to be on the disk.
    private static void settle() {
        var begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > Duration.ofMillis(300).toNanos());
    }

    private void copy(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to));
        try (var files = Files.list(folder.resolve(from))) {
            for (var file : files.filter(name -> !name.endsWith("lock")).toList()) {
                Files.copy(file, folder.resolve(to).resolve(file.getFileName()));
            }
        }
    }

    private static void record(AuditTrail trail, AuditRecord record) {
        var slot = trail.reserve(record.id(), record.occurredAt()).orElseThrow();
        assertThat(slot.admit(record).stage().toCompletableFuture().join()).isTrue();
        slot.complete(record);
    }

    private static boolean admit(AuditTrail trail, AuditRecord intent) {
        return trail.reserve(intent.id(), Instant.now())
                .orElseThrow()
                .admit(intent)
                .stage()
                .toCompletableFuture()
                .join();
    }

    private List<ToolCallsRecord> rows() {
        return sql.selectFrom(TOOL_CALLS).fetch();
    }
}
