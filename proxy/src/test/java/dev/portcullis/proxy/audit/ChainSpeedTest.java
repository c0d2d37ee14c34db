package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.ledger.CanonicalRecord;
import dev.portcullis.ledger.ChainStart;
import dev.portcullis.ledger.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What a link costs, and how fast a trail is verified: `-Dportcullis.chain.rows=200000`. Prints;
/// without that it only shows that the measurement works.
class ChainSpeedTest {
    private static final int BATCH = 500;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @Test
    void linkingAndVerifyingAreMeasured() throws IOException {
        int rows = Integer.getInteger("portcullis.chain.rows", 1_000);
        linkInMemory(rows);
        linkInMemory(rows);
        try (var trail = WrittenTrail.ofThirtyRecords(folder)) {
            writeAndVerify(trail, rows);
        }
    }

    private static void linkInMemory(int rows) {
        var row = new ExchangeRows("replica-1").of(record());
        var link = new ChainStart(UUID.randomUUID(), Subject.EXCHANGE, "replica-1", Instant.now(), Optional.empty())
                .link();
        var began = Watch.start();
        for (int at = 0; at < rows; at++) {
            link = link.next(CanonicalRecord.of(row));
        }
        assertThat(link.sequence()).isEqualTo(rows);
        print("canonical form and hash", rows, began);
    }

    private static void writeAndVerify(WrittenTrail trail, int rows) throws IOException {
        var began = Watch.start();
        for (int written = 0; written < rows; written += BATCH) {
            trail.one.write(Stream.generate(ChainSpeedTest::record).limit(BATCH).toList());
        }
        print("written to PostgreSQL with their places", rows, began);
        trail.one.checkpoint();
        began = Watch.start();
        var report = trail.verifyInDatabase(List.of(), List.of());
        print("verified in the database", rows, began);
        assertThat(report.bad()).isEmpty();
        began = Watch.start();
        trail.verifyAnExport(List.of(), List.of());
        print("exported and verified there", rows, began);
    }

    private static AuditRecord record() {
        return RecordForTest.create()
                .arguments("{\"entity\": \"service\", \"limit\": 50, \"query\": {\"rules\": [{\"property\": \"$team\","
                        + " \"operator\": \"=\", \"value\": \"platform\"}]}, \"include\": [\"title\", \"identifier\"]}")
                .build();
    }

    private static void print(String what, int rows, Watch began) {
        double seconds = (System.nanoTime() - began.nanos) / 1e9;
        double busy = (THREADS.getCurrentThreadCpuTime() - began.busyNanos) / 1e9;
        System.out.printf(
                "%s: %,.0f rows/s; this thread was busy for %,.1f us each, %,.0f rows/s%n",
                what, rows / seconds, busy * 1e6 / rows, rows / busy);
    }

    /// On a machine that does other things, too, the time a thread was busy says more.
    private record Watch(long nanos, long busyNanos) {
        static Watch start() {
            return new Watch(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
        }
    }
}
