package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.AUDIT_INTENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

@Timeout(60)
class InDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProxyMetrics metrics = new ProxyMetrics();
    private final ExchangeRows rows = new ExchangeRows("replica-1");
    private RelayedDatabase database;
    private DSLContext sql;
    private AuditTrail trail;

    @BeforeEach
    void start() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        trail = another();
    }

    @AfterEach
    void stop() throws IOException {
        trail.close(Duration.ofMillis(100));
        metrics.close();
        database.close();
    }

    @Test
    void intentIsThereUntilTheRecordIs() {
        // Given
        var intent = RecordForTest.create().build();
        var slot = trail.reserve(intent.id(), intent.occurredAt()).orElseThrow();

        // When
        var admitted = slot.admit(intent).stage().toCompletableFuture().join();

        // Then
        assertThat(admitted).isTrue();
        assertThat(sql.fetchCount(AUDIT_INTENTS, AUDIT_INTENTS.EXCHANGE.eq(intent.id())))
                .isEqualTo(1);
        slot.complete(intent);
        await().atMost(PATIENCE).until(() -> sql.fetchCount(TOOL_CALLS) == 1 && sql.fetchCount(AUDIT_INTENTS) == 0);
    }

    @Test
    void nothingIsAdmittedWhileTheDatabaseIsAway() {
        // Given
        var intent = RecordForTest.create().build();
        var slot = trail.reserve(intent.id(), intent.occurredAt()).orElseThrow();

        // When
        database.relay().cut();

        // Then
        assertThat(slot.admit(intent).stage().toCompletableFuture().join()).isFalse();
        assertThat(trail.health().refusing()).isPresent();
        assertThat(trail.health().accepting()).isFalse();

        // When
        database.relay().mend();

        // Then
        await().atMost(PATIENCE).until(() -> trail.health().refusing().isEmpty());
        var next = RecordForTest.create().build();
        assertThat(trail.reserve(next.id(), next.occurredAt())
                        .orElseThrow()
                        .admit(next)
                        .stage()
                        .toCompletableFuture()
                        .join())
                .isTrue();
    }

    @Test
    void intentThatAnotherProcessLeftIsRecorded() throws Exception {
        // Given an intent of a process that is gone, and one that it had recorded already
        var left = RecordForTest.create().arguments("{\"a\": 1}").build();
        var recorded = RecordForTest.create().build();
        leave("replica-1", left, Duration.ZERO);
        leave("replica-1", recorded, Duration.ZERO);
        trail.reserve(recorded.id(), recorded.occurredAt()).orElseThrow().complete(recorded);
        await().atMost(PATIENCE).until(() -> sql.fetchExists(TOOL_CALLS, TOOL_CALLS.ID.eq(recorded.id())));

        // When
        try (var _ = another()) {
            // Then
            await().atMost(PATIENCE).until(() -> sql.fetchCount(TOOL_CALLS) == 2 && sql.fetchCount(AUDIT_INTENTS) == 0);
        }
        assertThat(sql.fetchSingle(TOOL_CALLS, TOOL_CALLS.ID.eq(left.id()))
                        .getArguments()
                        .data())
                .isEqualTo("{\"a\": 1}");
    }

    @Test
    void onlyWhatNobodyIsBusyWithIsTakenOver() throws Exception {
        // Given
        var ofGone = leave("gone", RecordForTest.create().build(), Duration.ofDays(2));
        var ofLiving = leave("living", RecordForTest.create().build(), Duration.ofDays(40));
        var ofSilent = leave("silent", RecordForTest.create().build(), Duration.ofHours(23));
        sql.insertInto(REPLICAS)
                .set(REPLICAS.REPLICA, "living")
                .set(REPLICAS.STARTED_AT, OffsetDateTime.now(ZoneOffset.UTC).minusDays(41))
                .set(REPLICAS.HEARTBEAT_AT, OffsetDateTime.now(ZoneOffset.UTC).minusHours(1))
                .execute();

        // When
        try (var _ = another()) {
            await().atMost(PATIENCE).until(() -> sql.fetchCount(TOOL_CALLS) > 0 && sql.fetchCount(AUDIT_INTENTS) == 2);
        }

        // Then
        assertThat(recorded()).containsExactly(ofGone);
        assertThat(noted()).containsExactlyInAnyOrder(ofLiving, ofSilent);
    }

    @Test
    void intentThatCannotBeReadIsSaidAndHoldsUpNoOther() throws Exception {
        // Given
        var readable = leave("replica-1", RecordForTest.create().build(), Duration.ZERO);
        var strange = UUID.randomUUID();
        leave("replica-1", strange, "{\"v\":2}".getBytes(StandardCharsets.UTF_8), Duration.ofHours(1));

        // When
        try (var _ = another()) {
            await().atMost(PATIENCE).until(() -> sql.fetchCount(TOOL_CALLS) > 0 && sql.fetchCount(AUDIT_INTENTS) == 1);
            await().atMost(PATIENCE).until(() -> metrics.scrape().contains("portcullis_audit_intents_unreadable 1.0"));
        }

        // Then
        assertThat(recorded()).containsExactly(readable);
        assertThat(noted()).containsExactly(strange);
    }

    @Test
    void whatIsLeftLaterIsFoundLater() {
        // Given
        var backlog = new Backlog();
        var keeping = keeping(rows::of, backlog, Duration.ofMillis(100));
        try {
            assertThat(admit(keeping)).isTrue();

            // When
            var left = leave("gone", RecordForTest.create().build(), Duration.ofDays(2));

            // Then
            await().atMost(PATIENCE).until(() -> backlog.size() == 1);
            assertThat(keeping.state().records()).isEqualTo(2);

            // When it is looked for again before it is written
            var begin = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - begin > Duration.ofMillis(500).toNanos());

            // Then
            assertThat(backlog.size()).isEqualTo(1);

            // When
            keeping.committed(List.of(left));

            // Then
            await().atMost(PATIENCE).until(() -> keeping.state().records() == 1);
            assertThat(sql.fetchCount(AUDIT_INTENTS)).isEqualTo(1);
        } finally {
            keeping.close();
        }
    }

    @Test
    void lackOfMemoryRefusesWhoWaitsAndPasses() {
        // Given
        var lacks = new AtomicBoolean(true);
        var keeping = keeping(
                record -> {
                    if (lacks.get()) {
                        throw new OutOfMemoryError("test");
                    }
                    return rows.of(record);
                },
                new Backlog(),
                InDatabase.SEARCH);
        try {
            // When
            assertThat(admit(keeping)).isFalse();

            // Then
            await().atMost(PATIENCE)
                    .until(() -> keeping.state().trouble().equals(Optional.of(OutOfMemoryError.class.getSimpleName())));

            // When
            lacks.set(false);

            // Then
            await().atMost(PATIENCE).until(() -> keeping.state().trouble().isEmpty());
            assertThat(admit(keeping)).isTrue();
        } finally {
            keeping.close();
        }
    }

    @Test
    void refusedIntentIsNotCounted() {
        // Given an exchange that is open, and one that was refused
        assertThat(admit(RecordForTest.create().build())).isTrue();
        database.relay().cut();
        var refused = RecordForTest.create().build();
        var slot = trail.reserve(refused.id(), refused.occurredAt()).orElseThrow();
        assertThat(slot.admit(refused).stage().toCompletableFuture().join()).isFalse();

        // When
        slot.complete(refused);
        database.relay().mend();
        await().atMost(PATIENCE).until(() -> sql.fetchCount(TOOL_CALLS) == 1);
        assertThat(admit(RecordForTest.create().build())).isTrue();

        // Then
        assertThat(sql.fetchCount(AUDIT_INTENTS)).isEqualTo(2);
        assertThat(metrics.scrape()).contains("portcullis_audit_journal_records 2.0");
    }

    private Set<UUID> recorded() {
        return sql.select(TOOL_CALLS.ID).from(TOOL_CALLS).fetchSet(TOOL_CALLS.ID);
    }

    private Set<UUID> noted() {
        return sql.select(AUDIT_INTENTS.EXCHANGE).from(AUDIT_INTENTS).fetchSet(AUDIT_INTENTS.EXCHANGE);
    }

    private boolean admit(AuditRecord intent) {
        return trail.reserve(intent.id(), intent.occurredAt())
                .orElseThrow()
                .admit(intent)
                .stage()
                .toCompletableFuture()
                .join();
    }

    private static boolean admit(Safekeeping keeping) {
        return keeping.admit(RecordForTest.create().build())
                .stage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private InDatabase keeping(Function<AuditRecord, ExchangesRecord> making, Backlog backlog, Duration search) {
        var table = new IntentTable(database.relayed(), "replica-2", Duration.ofHours(1));
        return InDatabase.start(table, making, backlog, _ -> {}, search);
    }

    private UUID leave(String replica, AuditRecord record, Duration ago) {
        leave(replica, record.id(), RowCodec.encode(rows.of(record)), ago);
        return record.id();
    }

    private void leave(String replica, UUID exchange, byte[] content, Duration ago) {
        sql.insertInto(AUDIT_INTENTS)
                .set(AUDIT_INTENTS.EXCHANGE, exchange)
                .set(AUDIT_INTENTS.REPLICA, replica)
                .set(AUDIT_INTENTS.CONTENT, content)
                .set(AUDIT_INTENTS.NOTED_AT, OffsetDateTime.now(ZoneOffset.UTC).minus(ago))
                .execute();
    }

    private AuditTrail another() throws IOException {
        return AuditTrail.start(
                new AuditSettings(1_000, 1L << 20, Duration.ofMillis(50), 100, new Durability.Database()),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics);
    }
}
