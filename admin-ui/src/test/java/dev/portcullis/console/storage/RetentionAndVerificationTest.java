package dev.portcullis.console.storage;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.storage.StorageSettings.Period;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.ledger.CanonicalRecord;
import dev.portcullis.ledger.Checkpoints;
import dev.portcullis.ledger.DatabaseExcerpt;
import dev.portcullis.ledger.DatabaseTrail;
import dev.portcullis.ledger.ExportTrail;
import dev.portcullis.ledger.ExportWriter;
import dev.portcullis.ledger.GrowingChain;
import dev.portcullis.ledger.Report;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.Subject;
import dev.portcullis.ledger.Trail;
import dev.portcullis.ledger.Verifier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A console drops what is older than its retention, and whoever verifies the trail afterwards finds nothing wrong, and
/// everything that is.
class RetentionAndVerificationTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final int RECORDS = 30;
    private static final List<OffsetDateTime> TIMES = List.of(
            OffsetDateTime.parse("2025-01-14T12:00:00Z"),
            OffsetDateTime.parse("2025-03-14T12:00:00Z"),
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));

    @TempDir
    private Path folder;

    private TestDatabase database;
    private DSLContext sql;

    @BeforeEach
    void record() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
        sql.execute("select audit.add_partition('2025-01-01'), audit.add_partition('2025-03-01')");
        var chain = new GrowingChain(Subject.EXCHANGE, "replica-1", Clock.systemUTC(), _ -> {});
        // Records of long exchanges have their places between those of short ones.
        sql.transaction(transaction -> {
            var rows = new ArrayList<ExchangesRecord>();
            for (var at = 0; at < RECORDS; at++) {
                rows.add(row(TIMES.get(at % TIMES.size())));
            }
            var links = chain.append(
                    transaction.dsl(), rows.stream().map(CanonicalRecord::of).toList());
            for (var at = 0; at < RECORDS; at++) {
                var row = rows.get(at);
                row.setChain(links.get(at).chain());
                row.setSequence(links.get(at).sequence());
                row.setHash(links.get(at).hash());
                transaction.dsl().insertInto(EXCHANGES).set(row).execute();
            }
        });
        chain.committed();
        assertThat(new Checkpoints(KEY, "replica-1", Clock.systemUTC()).close(sql, chain))
                .isPresent();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasDroppedByDesignIsNotMissed() throws IOException {
        // Given
        assertThat(verify(new DatabaseTrail(database.dataSource())).linked()).isEqualTo(RECORDS);

        // When
        maintenance().run();

        // Then
        assertThat(sql.fetchCount(EXCHANGES)).isEqualTo(RECORDS / 3);
        for (var trail : List.of(new DatabaseTrail(database.dataSource()), export())) {
            var report = verify(trail);
            assertThat(report.bad()).isEmpty();
            assertThat(report.linked()).isEqualTo(RECORDS / 3);
            assertThat(report.dropped()).isEqualTo(RECORDS * 2 / 3);
        }
    }

    @Test
    void whatSomebodyDeletesBesidesIsMissed() throws IOException {
        // Given
        maintenance().run();

        // When
        sql.transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            transaction.dsl().execute("delete from audit.exchanges where sequence = 12");
        });

        // Then
        for (var trail : List.of(new DatabaseTrail(database.dataSource()), export())) {
            assertThat(verify(trail).bad()).hasValueSatisfying(bad -> {
                assertThat(bad.sequence()).isEqualTo(12);
                assertThat(bad.what()).contains("missing");
            });
        }
    }

    @Test
    void excerptTellsWhatWasDroppedByDesign() throws IOException {
        // Given
        maintenance().run();

        // When
        var whole = verify(excerpt(Set.of(Subject.EXCHANGE)));
        var signed = verify(excerpt(Set.of()));

        // Then
        assertThat(whole.bad()).isEmpty();
        assertThat(whole.excerpt()).isPresent();
        assertThat(whole.linked()).isEqualTo(RECORDS / 3);
        assertThat(whole.dropped()).isEqualTo(RECORDS * 2 / 3);
        assertThat(signed.bad()).isEmpty();
        assertThat(signed.linked()).isZero();
        assertThat(signed.leftOut()).isEqualTo(RECORDS);
        assertThat(signed.checkpoints()).isEqualTo(1);
    }

    @Test
    void whatIsDeletedBesidesIsMissedInAnExcerpt() throws IOException {
        // Given
        maintenance().run();

        // When
        sql.transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            transaction.dsl().execute("delete from audit.exchanges where sequence = 12");
        });

        // Then
        assertThat(verify(excerpt(Set.of(Subject.EXCHANGE))).bad())
                .hasValueSatisfying(bad -> assertThat(bad.sequence()).isEqualTo(12));
    }

    @Test
    void nothingMayBeLeftOutOfAWholeTrail() throws IOException {
        // Given
        var file = folder.resolve("excerpt");
        try (var out = Files.newBufferedWriter(file)) {
            ExportWriter.write(excerpt(Set.of()), out);
        }

        // When
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("\"excerpt\""))
                        .toList());

        // Then
        assertThat(verify(new ExportTrail(file)).bad())
                .hasValueSatisfying(bad -> assertThat(bad.what()).contains("left out where that cannot be"));
    }

    /// Read back from a file, as whoever gets it does.
    private Trail excerpt(Set<Subject> records) throws IOException {
        var file = folder.resolve("excerpt-" + records.size());
        var from = TIMES.getFirst().minusDays(1).toInstant();
        try (var out = Files.newBufferedWriter(file)) {
            ExportWriter.write(
                    new DatabaseExcerpt(
                            database.dataSource(), from, Clock.systemUTC().instant(), records),
                    out);
        }
        return new ExportTrail(file);
    }

    private Report verify(Trail trail) throws IOException {
        return Verifier.verify(trail, List.of(KEY.publicKey()), List.of());
    }

    private Trail export() throws IOException {
        var file = folder.resolve("export");
        try (var out = Files.newBufferedWriter(file)) {
            ExportWriter.write(new DatabaseTrail(database.dataSource()), out);
        }
        return new ExportTrail(file);
    }

    private Maintenance maintenance() {
        return MaintenanceAlone.on(
                database,
                new StorageSettings(
                        Period.MONTHLY, Optional.of(new Retention(Optional.of(Duration.ofDays(60)), Map.of()))),
                KEY);
    }

    private static ExchangesRecord row(OffsetDateTime at) {
        var row = new ExchangesRecord();
        row.setId(UUID.randomUUID());
        row.setOccurredAt(at);
        row.setReplica("replica-1");
        row.setDecision("allowed");
        row.setOutcome("succeeded");
        row.setCallerGroups(new String[0]);
        row.setRules(new String[0]);
        row.setObservedRules(new String[0]);
        row.setRequestBytes(1L);
        row.setResponseBytes(2L);
        return row;
    }
}
