package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.AUDIT_INTENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Clock;
import java.time.Duration;

@Timeout(60)
class InDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProxyMetrics metrics = new ProxyMetrics();
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
        var rows = new ExchangeRows("replica-1");
        for (var record : new AuditRecord[] {left, recorded}) {
            sql.insertInto(AUDIT_INTENTS)
                    .set(AUDIT_INTENTS.EXCHANGE, record.id())
                    .set(AUDIT_INTENTS.REPLICA, "replica-1")
                    .set(AUDIT_INTENTS.CONTENT, RowCodec.encode(rows.of(record)))
                    .execute();
        }
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

    private AuditTrail another() throws IOException {
        return AuditTrail.start(
                new AuditSettings(1_000, 1L << 20, Duration.ofMillis(50), 100, new Durability.Database()),
                "replica-1",
                database.relayed(),
                new ChainWriter("replica-1", Clock.systemUTC()),
                Clock.systemUTC(),
                metrics);
    }
}
