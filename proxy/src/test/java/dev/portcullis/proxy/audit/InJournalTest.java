package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.config.Durability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class InJournalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ExchangeRows rows = new ExchangeRows("replica-1");
    private final Backlog backlog = new Backlog();
    /// What making a row ends with.
    private final AtomicReference<Error> lack = new AtomicReference<>();

    private volatile CountDownLatch disk = new CountDownLatch(0);
    private InJournal keeping;

    @BeforeEach
    void start() throws IOException {
        keeping = InJournal.start(new Durability.Journal(folder, 16L << 20), this::row, backlog, _ -> waitFor(disk));
    }

    @AfterEach
    void stop() {
        disk.countDown();
        lack.set(null);
        keeping.close();
    }

    @Test
    void lackOfMemoryRefusesWhoWaitsAndPasses() {
        // Given
        lack.set(new OutOfMemoryError("test"));

        // When
        assertThat(admit()).isFalse();

        // Then
        await().atMost(PATIENCE).until(() -> keeping.state().failures() > 0);

        // When
        lack.set(null);

        // Then
        await().atMost(PATIENCE).until(() -> keeping.state().trouble().isEmpty());
        assertThat(admit()).isTrue();
    }

    @Test
    void howAnExchangeEndedIsNotForgottenForLackOfMemory() {
        // Given
        lack.set(new OutOfMemoryError("test"));

        // When
        keeping.complete(RecordForTest.create().build());

        // Then
        await().atMost(PATIENCE).until(() -> keeping.state().failures() > 0);
        assertThat(backlog.size()).isZero();

        // When
        lack.set(null);

        // Then
        await().atMost(PATIENCE).until(() -> backlog.size() == 1);
        await().atMost(PATIENCE).until(() -> keeping.state().trouble().isEmpty());
    }

    @Test
    void diskThatDoesNotAnswerHoldsUpNobodyWhileTheJournalIsFull() {
        // Given
        var shipped = record(1);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            record(200_000);
            return keeping.state().isFull();
        });

        // When there is something to clear
        disk = new CountDownLatch(1);
        keeping.committed(List.of(shipped));
        record(1);
        var begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > Duration.ofMillis(1_500).toNanos());
        var before = backlog.size();
        record(1);

        // Then
        await().atMost(Duration.ofSeconds(3)).until(() -> backlog.size() > before);
    }

    private UUID record(int length) {
        var record = RecordForTest.create()
                .arguments("\"" + "x".repeat(length) + "\"")
                .build();
        keeping.complete(record);
        return record.id();
    }

    private boolean admit() {
        return keeping.admit(RecordForTest.create().build())
                .stage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private ExchangesRecord row(AuditRecord record) {
        var failure = lack.get();
        if (failure != null) {
            throw failure;
        }
        return rows.of(record);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
