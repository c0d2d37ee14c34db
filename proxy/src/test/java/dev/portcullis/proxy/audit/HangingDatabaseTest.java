package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.gateway.Tables.AUDIT_INTENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// PostgreSQL keeps its connections, and answers nothing.
@Timeout(60)
class HangingDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String IMPATIENT = "?socketTimeout=1";

    @TempDir
    private Path folder;

    private final ProxyMetrics metrics = new ProxyMetrics();
    private final ChainWriter chain = new ChainWriter("replica-1", Clock.systemUTC());
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

    /// The client gives up on the commit and sends its batch again. The commit was carried out, or still is, or never
    /// will be: then the server keeps the connection, with its transaction and its locks.
    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "false, false", "true, false"})
    void batchWhoseCommitIsNotAnsweredIsThereOnceAndInOrder(boolean isCommitted, boolean isConnectionKnown)
            throws IOException {
        try (var trail = trail(IMPATIENT, new Durability.Journal(folder, 16L << 20))) {
            // Given
            if (isCommitted) {
                database.relay().stallAfter("COMMIT");
            } else {
                database.relay().stallBefore("COMMIT");
            }
            var records = record(trail, 20);
            await().atMost(PATIENCE).until(database.relay()::isStalled);

            // When
            await().atMost(PATIENCE).until(() -> trail.health().trouble().isPresent());
            records.addAll(record(trail, 20));
            if (isConnectionKnown) {
                database.relay().goOn();
            } else {
                database.relay().goOnWithoutThoseThereWere();
            }

            // Then
            await().atMost(PATIENCE).until(() -> trail.health().reserved() == 0);
            assertThat(trail.health().trouble()).isEmpty();
            assertThat(sql.select(EXCHANGES.ID)
                            .from(EXCHANGES)
                            .orderBy(EXCHANGES.SEQUENCE)
                            .fetch(EXCHANGES.ID))
                    .containsExactlyElementsOf(records);
            assertThat(chain.lastAlarm()).isEmpty();
        }
    }

    @Test
    void withIntentsInTheDatabaseCallsAreRefusedSoonAndThenAtOnce() throws IOException {
        try (var trail = trail(IMPATIENT, new Durability.Database())) {
            // Given
            assertThat(admit(trail).join()).isTrue();
            database.relay().stall();

            // When
            var waiting = Stream.generate(() -> admit(trail)).limit(50).toList();

            // Then
            await().atMost(Duration.ofSeconds(3)).until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
            assertThat(waiting).allSatisfy(refused -> assertThat(refused).isCompletedWithValue(false));
            assertThat(admit(trail)).isCompletedWithValue(false);
            assertThat(trail.health().refusing()).isPresent();

            // When
            database.relay().goOn();

            // Then
            await().atMost(PATIENCE).until(() -> trail.health().refusing().isEmpty());
            assertThat(admit(trail).join()).isTrue();
            assertThat(sql.fetchCount(AUDIT_INTENTS)).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void endIsBoundedWhileConnectingHangsAndSaysWhatStays() throws IOException {
        // Given
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var log = (Logger) LoggerFactory.getLogger(Shipper.class);
        log.setLevel(Level.INFO);
        log.addAppender(said);
        database.relay().stall();
        var trail = trail("", new Durability.Journal(folder, 16L << 20));
        record(trail, 20);

        // When
        var begin = System.nanoTime();
        trail.close(Duration.ofMillis(100));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(trail.health().lost()).isZero();
        assertThat(said.list)
                .extracting(event -> event.getMessage() + " " + event.getKeyValuePairs())
                .anySatisfy(line -> assertThat(line)
                        .contains("audit records are kept until the next start")
                        .contains("records=\"20\""));
        log.detachAppender(said);
        log.setLevel(null);

        // When
        database.relay().goOn();

        // Then
        try (var next = trail(IMPATIENT, new Durability.Journal(folder, 16L << 20))) {
            await().atMost(PATIENCE).until(() -> next.health().written() == 20);
        }
    }

    private List<UUID> record(AuditTrail trail, int records) {
        var made = Stream.generate(() -> RecordForTest.create().build())
                .limit(records)
                .toList();
        made.forEach(record ->
                trail.reserve(record.id(), record.occurredAt()).orElseThrow().complete(record));
        return new ArrayList<>(made.stream().map(AuditRecord::id).toList());
    }

    private static CompletableFuture<Boolean> admit(AuditTrail trail) {
        var intent = RecordForTest.create().build();
        return trail.reserve(intent.id(), intent.occurredAt())
                .orElseThrow()
                .admit(intent)
                .stage()
                .toCompletableFuture();
    }

    private AuditTrail trail(String parameters, Durability durability) throws IOException {
        return AuditTrail.start(
                new AuditSettings(1_000, 1L << 22, Duration.ofMillis(50), 100, durability),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(parameters),
                chain,
                Clock.systemUTC(),
                metrics);
    }
}
