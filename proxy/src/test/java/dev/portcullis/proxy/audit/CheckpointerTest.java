package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.ANCHORINGS;
import static dev.portcullis.database.audit.Tables.CHAINS;
import static dev.portcullis.database.audit.Tables.CHECKPOINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.ledger.DatabaseTrail;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.Verifier;
import dev.portcullis.proxy.config.ChainSettings;
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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class CheckpointerTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SigningKey KEY = SigningKey.generate();
    private static final String PLACE = "file /mnt/anchors.ndjson";

    private final List<Checkpoint> anchored = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private RelayedDatabase database;
    private DSLContext sql;
    private ProxyMetrics metrics;

    @BeforeEach
    void start() throws IOException {
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        metrics = new ProxyMetrics();
    }

    @AfterEach
    void stop() throws IOException {
        metrics.close();
        database.close();
    }

    /// A replica as far as its trail goes.
    private final class Replica implements AutoCloseable {
        private final ChainWriter chain = new ChainWriter("replica-1", CLOCK);
        private final ExchangeRows rows = new ExchangeRows("replica-1");
        private final ExchangeStore store = new ExchangeStore(database.relayed(), rows, chain);
        private final Anchoring anchoring = Anchoring.start(
                checkpoint -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new IOException("not now");
                    }
                    anchored.add(checkpoint);
                },
                "test",
                PLACE,
                database.relayed(),
                CLOCK);
        private final Checkpointer checkpointer;

        Replica(Duration interval, int records) {
            var settings = new ChainSettings(
                    Optional.empty(), interval, records, Optional.empty(), Optional.empty(), Optional.empty());
            checkpointer = Checkpointer.start(
                    chain, settings, KEY, "replica-1", database.relayed(), List.of(anchoring), CLOCK, metrics);
        }

        void write(int records) {
            for (int written = 0; written < records; written++) {
                assertThat(write(RecordForTest.create().build())).isInstanceOf(WriteResult.Stored.class);
            }
        }

        WriteResult write(AuditRecord... records) {
            return store.write(Stream.of(records).map(rows::of).toList(), false);
        }

        @Override
        public void close() {
            store.abort();
            checkpointer.close();
            anchoring.close();
        }
    }

    @Test
    void recordsGetACheckpointAfterTheInterval() {
        try (var replica = new Replica(Duration.ofSeconds(1), 1_000)) {
            replica.write(3);

            await().until(() -> !anchored.isEmpty());
            assertThat(anchored.getFirst().at().sequence()).isEqualTo(3);
            assertThat(replica.checkpointer.unsignedFor()).isZero();
        }
        assertThat(anchored).hasSize(1);
    }

    @Test
    void manyRecordsDoNotWaitForTheInterval() {
        try (var replica = new Replica(Duration.ofHours(1), 5)) {
            replica.write(5);

            await().until(() -> sql.fetchCount(CHECKPOINTS) == 1);
        }
    }

    @Test
    void lastCheckpointIsMadeAtTheEnd() throws IOException {
        // Given
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(2);
            assertThat(sql.fetchCount(CHECKPOINTS)).isZero();
        }

        // Then
        assertThat(anchored).hasSize(1);
        assertThat(verified()).isZero();
    }

    @Test
    void whatWasAnchoredIsNotedInTheDatabase() {
        // Given
        refusals.set(2);

        // When
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(2);
        }

        // Then
        var noted = sql.selectFrom(ANCHORINGS).fetchSingle();
        assertThat(noted.getPlace()).isEqualTo(PLACE);
        assertThat(noted.getChain()).isEqualTo(anchored.getFirst().at().chain());
        assertThat(noted.getSequence()).isEqualTo(2);
        assertThat(noted.getMadeAt().toInstant()).isEqualTo(anchored.getFirst().madeAt());
        assertThat(noted.getCheckpoint()).isEqualTo(anchored.getFirst().json());
    }

    @Test
    void chainGoesOnAfterARestart() throws IOException {
        // Given
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(2);
        }

        // When
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(2);
            assertThat(replica.chain.lastAlarm()).isEmpty();
        }

        // Then
        assertThat(sql.fetchCount(CHAINS)).isEqualTo(1);
        assertThat(anchored)
                .extracting(checkpoint -> checkpoint.at().sequence())
                .containsExactly(2L, 4L);
        assertThat(verified()).isZero();
    }

    @Test
    void secondReplicaOfTheSameNameTakesOverAndTheFirstSaysSo() throws IOException {
        try (var one = new Replica(Duration.ofHours(1), 1_000);
                var other = new Replica(Duration.ofHours(1), 1_000)) {
            // Given
            one.write(1);
            other.write(1);

            // When
            one.write(1);
            other.write(1);

            // Then
            assertThat(one.chain.lastAlarm())
                    .hasValueSatisfying(alarm -> assertThat(alarm).contains("another process writes as replica-1"));
            assertThat(other.chain.lastAlarm()).isEmpty();
            assertThat(sql.fetchCount(CHAINS)).isEqualTo(2);
        }
        assertThat(verified()).isZero();
    }

    @Test
    void batchThatIsThereAlreadyTakesNoPlace() throws IOException {
        // Given: as after a commit that nobody heard of
        var first = RecordForTest.create().build();
        var second = RecordForTest.create().build();
        var third = RecordForTest.create().build();
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(first, second);

            // When
            assertThat(replica.write(first, second, third, third)).isInstanceOf(WriteResult.Stored.class);
            assertThat(replica.write(first)).isInstanceOf(WriteResult.Stored.class);

            // Then
            assertThat(replica.chain.chain().head().orElseThrow().sequence()).isEqualTo(3);
        }
        assertThat(verified()).isZero();
    }

    @Test
    void recordsAreSignedWhoseCommitWasNotAcknowledged() throws IOException {
        var record = RecordForTest.create().build();
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            // Given
            var row = replica.rows.of(record);
            row.set(ExchangeRows.CLIENT_ADDRESS, null);
            sql.transaction(lost -> {
                replica.chain.append(lost.dsl(), List.of(row));
                row.touched(ExchangeRows.CLIENT_ADDRESS, false);
                lost.dsl().executeInsert(row);
            });
            assertThat(replica.chain.chain().head()).isEmpty();

            // When
            assertThat(replica.store.write(List.of(row), true)).isInstanceOf(WriteResult.Stored.class);

            // Then
            assertThat(replica.chain.chain().head().orElseThrow().sequence()).isEqualTo(1);
        }
        assertThat(anchored).hasSize(1);
        assertThat(verified()).isZero();
    }

    @Test
    void forgedCheckpointKeepsNoOtherFromBeingMade() throws IOException {
        // Given checkpoints behind and before the end of the chain, in the name of our key
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            replica.write(2);
        }
        var last = anchored.getFirst();
        for (long sequence : new long[] {3, 4, 1_000_000}) {
            sql.insertInto(CHECKPOINTS)
                    .set(CHECKPOINTS.CHAIN, last.at().chain())
                    .set(CHECKPOINTS.SEQUENCE, sequence)
                    .set(CHECKPOINTS.HASH, last.at().hash())
                    .set(CHECKPOINTS.RECORDS, 1L)
                    .set(CHECKPOINTS.MADE_AT, OffsetDateTime.now(ZoneOffset.UTC))
                    .set(CHECKPOINTS.KEY_ID, KEY.keyId())
                    .set(CHECKPOINTS.SIGNATURE, last.signature())
                    .execute();
        }

        // When
        try (var replica = new Replica(Duration.ofHours(1), 3)) {
            replica.write(3);

            // Then
            await().until(() -> anchored.size() == 2);
            assertThat(anchored.getLast().at().sequence()).isEqualTo(5);
            assertThat(anchored.getLast().records()).isEqualTo(3);
            assertThat(anchored.getLast().previous()).hasValue(last.digest());
            assertThat(replica.chain.alarms()).isEqualTo(3);
            assertThat(replica.chain.lastAlarm())
                    .hasValueSatisfying(
                            alarm -> assertThat(alarm).contains("the checkpoint at 3 has a forged signature"));
        }
        sql.transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            transaction
                    .dsl()
                    .deleteFrom(CHECKPOINTS)
                    .where(CHECKPOINTS.SEQUENCE.in(3L, 4L, 1_000_000L))
                    .execute();
        });
        assertThat(verified()).isZero();
    }

    @Test
    void checkpointOfAnotherProcessOfTheSameNameIsLeftAlone() throws IOException {
        try (var one = new Replica(Duration.ofHours(1), 1_000)) {
            // Given
            one.write(1);
            try (var other = new Replica(Duration.ofHours(1), 1_000)) {
                other.write(1);
            }
            assertThat(anchored).hasSize(1);

            // When
            one.checkpointer.close();

            // Then
            assertThat(one.chain.lastAlarm())
                    .hasValueSatisfying(alarm -> assertThat(alarm).contains("made by another process"));
        }
        assertThat(anchored).hasSize(1);
        assertThat(verified()).isZero();
    }

    @Test
    void outageIsAskedAboutEverMoreSeldom() {
        try (var replica = new Replica(Duration.ofSeconds(1), 1_000)) {
            // Given
            replica.write(1);
            database.relay().cut();

            // When
            var begin = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - begin > Duration.ofSeconds(4).toNanos());

            // Then
            assertThat(database.relay().refused()).isBetween(2, 10);
            assertThat(anchored).isEmpty();

            // When
            database.relay().mend();

            // Then
            await().until(() -> anchored.size() == 1);
        }
    }

    @Test
    void transactionThatWasRolledBackMakesNoGap() throws IOException {
        try (var replica = new Replica(Duration.ofHours(1), 1_000)) {
            // Given
            assertThat(replica.store.rehearse()).isInstanceOf(WriteResult.Stored.class);
            var odd = RecordForTest.create().era("future").build();
            assertThat(replica.write(odd)).isInstanceOf(WriteResult.Refused.class);
            replica.write(1);
            assertThat(replica.write(odd)).isInstanceOf(WriteResult.Refused.class);
            assertThat(replica.store.writeRepaired(replica.rows.of(odd), "23514"))
                    .isInstanceOf(WriteResult.Stored.class);

            // Then
            assertThat(replica.chain.lastAlarm()).isEmpty();
        }
        assertThat(sql.fetchCount(CHAINS)).isEqualTo(1);
        assertThat(verified()).isZero();
    }

    @Test
    void anchorThatFailsIsTriedAgainInOrder() {
        refusals.set(2);
        try (var replica = new Replica(Duration.ofHours(1), 1)) {
            replica.write(1);
            await().until(() -> sql.fetchCount(CHECKPOINTS) == 1);
            replica.write(1);

            await().until(() -> anchored.size() == 2);
            assertThat(replica.anchoring.failures()).isEqualTo(2);
            assertThat(anchored)
                    .extracting(checkpoint -> checkpoint.at().sequence())
                    .containsExactly(1L, 2L);
            assertThat(metrics.scrape()).contains("portcullis_audit_anchor_failures_total 2.0");
        }
    }

    /// How many records have no checkpoint; nothing is wrong with the others.
    private long verified() throws IOException {
        var report =
                Verifier.verify(new DatabaseTrail(database.direct().dataSource()), List.of(KEY.publicKey()), List.of());
        assertThat(report.bad()).isEmpty();
        return report.unsigned();
    }
}
