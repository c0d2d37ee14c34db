package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ToolCallsRecord;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class AuditTrailTest {
    private static final Duration FLUSH = Duration.ofMillis(50);

    private RelayedDatabase database;
    private DSLContext sql;
    private ProxyMetrics metrics;
    private AuditTrail trail;

    @BeforeEach
    void start() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        metrics = new ProxyMetrics();
        trail = start(1_000, 1L << 20);
    }

    @AfterEach
    void stop() throws IOException {
        trail.close(Duration.ofMillis(100));
        metrics.close();
        database.close();
    }

    @Test
    void recordIsInTheViewWithinASecond() {
        // Given
        var record = RecordForTest.create().arguments("{\"a\": 1}").build();

        // When
        record(record);

        // Then
        var row = await().atMost(Duration.ofSeconds(1))
                .until(() -> rows(), rows -> rows.size() == 1)
                .getFirst();
        assertThat(row.getId()).isEqualTo(record.id());
        assertThat(row.getReplica()).isEqualTo("replica-1");
        assertThat(row.getOccurredAt().toInstant()).isEqualTo(record.occurredAt());
        assertThat(row.getCallerGroups()).containsExactly("developers", "on \"call\"");
        assertThat(row.getArguments().data()).isEqualTo("{\"a\": 1}");
        assertThat(row.get("client_address", String.class)).isEqualTo("127.0.0.1");
        assertThat(row.getOutcome()).isEqualTo("succeeded");
        assertThat(row.getPolicyVersion()).isEqualTo(3);
        assertThat(metrics.scrape()).contains("portcullis_exchanges_total{decision=\"allowed\"");
    }

    @Test
    void recordsWaitOutAnOutageInOrder() {
        // Given
        database.relay().cut();
        var records =
                Stream.generate(() -> RecordForTest.create().build()).limit(7).toList();

        // When
        records.forEach(this::record);
        await().until(() -> trail.health().trouble().isPresent());
        assertThat(trail.health().reserved()).isEqualTo(7);
        assertThat(trail.health().lag()).isPositive();
        database.relay().mend();

        // Then
        await().until(() -> trail.health().written() == 7);
        assertThat(sql.select(EXCHANGES.ID)
                        .from(EXCHANGES)
                        .orderBy(EXCHANGES.SEQUENCE)
                        .fetch(EXCHANGES.ID))
                .containsExactlyElementsOf(records.stream().map(AuditRecord::id).toList());
        assertThat(trail.health().reserved()).isZero();
        assertThat(trail.health().trouble()).isEmpty();
    }

    @Test
    void terminatedConnectionsLoseNothing() {
        // Given
        record(RecordForTest.create().build());
        await().until(() -> trail.health().written() == 1);

        // When
        sql.fetch("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'portcullis-proxy'"
                + " and datname = current_database()");
        record(RecordForTest.create().build());

        // Then
        await().until(() -> rows().size() == 2);
    }

    @Test
    void fullTrailHasRoomForRefusalsAlone() throws IOException {
        // Given
        trail.close();
        trail = start(2, 1L << 20);
        database.relay().cut();
        record(RecordForTest.create().build());
        record(RecordForTest.create().build());
        var refused = RecordForTest.create().build();

        // When
        var third = trail.reserve(refused.id(), refused.occurredAt()).orElseThrow();

        // Then
        assertThat(third.hasRoom()).isFalse();
        assertThat(third.admit(refused).stage().toCompletableFuture()).isCompletedWithValue(false);
        assertThat(trail.health().accepting()).isFalse();
        assertThat(trail.health().turnedAway()).isEqualTo(1);

        // When
        third.complete(refused);
        database.relay().mend();

        // Then
        await().until(() -> trail.health().written() == 3);
        assertThat(row(refused.id())).isNotNull();
        assertThat(trail.health().reserved()).isZero();
        assertThat(trail.reserve(UUID.randomUUID(), Instant.now()))
                .hasValueSatisfying(next -> assertThat(next.hasRoom()).isTrue());
    }

    @Test
    void whatFindsNoRoomForItsRefusalIsCountedInOneRecord() throws IOException {
        // Given
        trail.close();
        trail = start(1, 1L << 30);
        database.relay().cut();
        record(RecordForTest.create().build());
        for (var i = 0; i < AuditTrail.REFUSALS; i++) {
            record(RecordForTest.create().build());
        }
        var first = UUID.randomUUID();
        var noon = Instant.parse("2026-03-01T12:00:00Z");

        // When
        assertThat(trail.reserve(first, noon)).isEmpty();
        assertThat(trail.reserve(UUID.randomUUID(), noon.plusMillis(20))).isEmpty();
        assertThat(trail.reserve(UUID.randomUUID(), noon.plusMillis(10))).isEmpty();
        database.relay().mend();

        // Then
        await().until(() -> trail.health().written() == AuditTrail.REFUSALS + 2);
        var together = row(first);
        assertThat(together.getExchanges()).isEqualTo(3);
        assertThat(together.getOccurredAt().toInstant()).isEqualTo(noon);
        assertThat(together.getCompletedAt().toInstant()).isEqualTo(noon.plusMillis(20));
        assertThat(together.getOutcome()).isEqualTo("refused");
        assertThat(together.getRefusal()).isEqualTo("not_recordable");
        assertThat(together.getHttpStatus()).isEqualTo(503);
        assertThat(sql.select(EXCHANGES.ID)
                        .from(EXCHANGES)
                        .where(EXCHANGES.SEQUENCE.isNull())
                        .fetch())
                .as("records that are no links of the chain")
                .isEmpty();
        await().until(() -> trail.health().accepting());
    }

    @Test
    void whatIsOnlyCountedIsKeptWithoutWaitingForAnybodyElse() throws IOException {
        // Given
        trail.close();
        trail = start(1, 1L << 30);
        database.relay().cut();
        record(RecordForTest.create().build());
        for (var i = 0; i < AuditTrail.REFUSALS; i++) {
            record(RecordForTest.create().build());
        }
        await().until(() -> trail.health().trouble().isPresent());
        var waiting = trail.health().waiting();

        // When
        assertThat(trail.reserve(UUID.randomUUID(), Instant.now())).isEmpty();

        // Then
        await().atMost(Duration.ofSeconds(15)).until(() -> trail.health().waiting() == waiting + 1);
        database.relay().mend();
    }

    @Test
    void fullMemoryTurnsExchangesAway() throws IOException {
        // Given
        trail.close();
        trail = start(1_000, 64 * 1024);
        database.relay().cut();
        record(RecordForTest.create()
                .arguments("\"" + "a".repeat(40_000) + "\"")
                .build());

        // When
        var next = trail.reserve(UUID.randomUUID(), Instant.now());

        // Then
        assertThat(next).hasValueSatisfying(slot -> assertThat(slot.hasRoom()).isFalse());
        database.relay().mend();
        await().until(() -> trail.health().accepting());
    }

    @Test
    void oddRecordHoldsUpNobody() {
        // Given
        var odd = RecordForTest.create().era("future").build();
        var odder = RecordForTest.create()
                .decision("perhaps")
                .arguments("{not json")
                .build();
        var records = List.of(
                RecordForTest.create().build(),
                odd,
                RecordForTest.create().build(),
                odder,
                RecordForTest.create().build());

        // When
        records.forEach(this::record);

        // Then
        await().until(() -> trail.health().written() == 5);
        assertThat(trail.health().repaired()).isEqualTo(2);
        var stored = row(odd.id());
        assertThat(stored.getEra()).isNull();
        assertThat(stored.getTool()).isEqualTo("list_entities");
        assertThat(stored.getArguments().data()).contains("dev.portcullis/unrecordable", "23514");
        assertThat(row(odder.id()).getDecision()).isEqualTo("none");
    }

    @Test
    void recordThatFitsNowhereLeavesItsTrace() {
        // Given: a time that no timestamp can hold
        var farAway = Instant.parse("+900000000-01-01T00:00:00Z");
        var record = AuditRecord.beginning(UUID.randomUUID(), farAway, farAway, "shutdown");

        // When
        record(record);

        // Then
        await().until(() -> trail.health().written() == 1);
        assertThat(row(record.id()).getRefusal()).isEqualTo("unrecordable");
    }

    @Test
    void textThatPostgresCannotHoldIsStored() {
        // Given
        var record = RecordForTest.create()
                .tool("nul\0 half\uD800 " + "long".repeat(2_000))
                .arguments(Redaction.redact("{\"a\":\"x\\u0000y\",\"b\":\"\\ud800\",\"c\":1e400000}"))
                .build();

        // When
        record(record);

        // Then
        await().until(() -> trail.health().written() == 1);
        assertThat(trail.health().repaired()).isZero();
        assertThat(row(record.id()).getTool())
                .startsWith("nul␀ half\uFFFD long")
                .hasSize(512);
        assertThat(row(record.id()).getArguments().data())
                .isEqualTo("{\"a\": \"x␀y\", \"b\": \"\uFFFD\", \"c\": \"1e400000\"}");
    }

    @Test
    void denialWithoutARuleIsStored() {
        record(RecordForTest.create().decision("denied").build());

        await().until(() -> trail.health().written() == 1);
        assertThat(rows().getFirst().getRules()).containsExactly("gateway:unexplained");
    }

    @Test
    void recordWrittenAgainStaysOneRow() {
        // Given: as after a commit whose acknowledgement was lost
        var record = RecordForTest.create().build();
        record(record);
        record(record);

        // When
        trail.close();

        // Then
        assertThat(rows()).hasSize(1);
        assertThat(trail.health().written()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstEndCounts() {
        // Given
        var record = RecordForTest.create().build();
        var slot = trail.reserve(record.id(), record.occurredAt()).orElseThrow();

        // When
        slot.complete(record);
        slot.complete(record);
        slot.abandon("late");

        // Then
        await().until(() -> trail.health().written() == 1);
        assertThat(trail.health().completedTwice()).isEqualTo(1);
        assertThat(trail.health().abandoned()).isZero();
    }

    @Test
    void openExchangesAreRecordedAsUnknownWhenTheTrailCloses() {
        // Given
        var begun = UUID.randomUUID();
        var halfDone = RecordForTest.create().arguments("{\"b\": 2}").build();
        trail.reserve(begun, Instant.now());
        trail.reserve(halfDone.id(), halfDone.occurredAt()).orElseThrow().admit(halfDone);

        // When
        trail.close();

        // Then
        assertThat(row(begun).getOutcome()).isEqualTo("unknown");
        assertThat(row(begun).getRefusal()).isEqualTo("shutdown");
        assertThat(row(halfDone.id()).getArguments().data()).isEqualTo("{\"b\": 2}");
        assertThat(trail.reserve(UUID.randomUUID(), Instant.now())).isEmpty();
    }

    @Test
    void closingGivesUpWhenTheDatabaseStaysAway() {
        // Given
        database.relay().cut();
        record(RecordForTest.create().build());

        // When
        trail.close(Duration.ofMillis(200));

        // Then
        assertThat(trail.health().lost()).isEqualTo(1);
        assertThat(rows()).isEmpty();
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        // Given
        trail.close();
        trail = start(10_000, 1L << 30);
        var ids = new ConcurrentLinkedQueue<UUID>();

        // When
        var threads = IntStream.range(0, 8)
                .mapToObj(n -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 250; i++) {
                        var record = RecordForTest.create().build();
                        ids.add(record.id());
                        record(record);
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        trail.close();

        // Then
        assertThat(rows()).extracting(ToolCallsRecord::getId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(trail.health().reserved()).isZero();
        assertThat(trail.health().waitingBytes()).isZero();
    }

    @Test
    void nothingIsAdmittedAfterItsEnd() {
        // Given
        var record = RecordForTest.create().build();
        var slot = trail.reserve(record.id(), record.occurredAt()).orElseThrow();
        slot.abandon("test");

        // When
        var admitted = slot.admit(record).stage().toCompletableFuture().join();

        // Then
        assertThat(admitted).isFalse();
    }

    private AuditTrail start(int queue, long bytes) throws IOException {
        return AuditTrail.start(
                new AuditSettings(queue, bytes, FLUSH, 100),
                "replica-1",
                Duration.ofHours(1),
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics);
    }

    private void record(AuditRecord record) {
        trail.reserve(record.id(), record.occurredAt()).orElseThrow().complete(record);
    }

    private List<ToolCallsRecord> rows() {
        return sql.selectFrom(TOOL_CALLS).fetch();
    }

    private ToolCallsRecord row(UUID id) {
        return sql.selectFrom(TOOL_CALLS).where(TOOL_CALLS.ID.eq(id)).fetchSingle();
    }
}
