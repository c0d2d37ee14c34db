package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.AnchorFile;
import dev.portcullis.ledger.Checkpoints;
import dev.portcullis.ledger.DatabaseTrail;
import dev.portcullis.ledger.ExportTrail;
import dev.portcullis.ledger.ExportWriter;
import dev.portcullis.ledger.Report;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.VerificationKey;
import dev.portcullis.ledger.Verifier;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// A trail of real records in a database of its own, with somebody who may do anything to it.
final class WrittenTrail implements AutoCloseable {
    static final SigningKey KEY = SigningKey.generate();
    private static final Clock CLOCK = Clock.systemUTC();

    final DSLContext sql;
    final Writer one;
    private final TestDatabase database = TestDatabase.create();
    private final Path folder;

    private WrittenTrail(Path folder) throws IOException {
        this.folder = folder;
        Files.deleteIfExists(anchors());
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
        one = writer("replica-1");
    }

    /// Three times ten, each with a checkpoint that is anchored.
    static WrittenTrail ofThirtyRecords(Path folder) throws IOException {
        var trail = new WrittenTrail(folder);
        trail.one.ten().ten().ten();
        return trail;
    }

    /// Twenty, of which the first ten began in January 2020, and the fifteenth, which lasted long.
    static WrittenTrail withOldRecords(Path folder) throws IOException {
        var trail = new WrittenTrail(folder);
        for (int at = 1; at <= 20; at++) {
            var record = RecordForTest.create();
            trail.one.write(
                    List.of(at <= 10 || at == 15 ? record.at(Instant.parse("2020-01-15T00:00:00Z")) : record.build()));
            if (at % 5 == 0) {
                trail.one.checkpoint();
            }
        }
        return trail;
    }

    /// A replica's store, chain and checkpoints.
    final class Writer {
        final ChainWriter chain;
        private final ExchangeRows rows;
        private final ExchangeStore store;
        private final Checkpoints checkpoints = new Checkpoints(KEY, "test", CLOCK);

        private Writer(String replica, Clock clock) {
            chain = new ChainWriter(replica, clock);
            rows = new ExchangeRows(replica);
            var settings = new DatabaseSettings(database.url(), database.user(), new Secret(database.password()));
            store = new ExchangeStore(new Database(settings), rows, chain);
        }

        /// Ten records, and a checkpoint, which is anchored too.
        Writer ten() throws IOException {
            write(10);
            checkpoint();
            return this;
        }

        void write(int records) {
            write(Stream.generate(() -> RecordForTest.create()
                            .arguments("{\"z\": 1.50, \"a\": [1e3, -0, \"é\\u2028\"], \"a b\": {\"x\": null}}")
                            .build())
                    .limit(records)
                    .toList());
        }

        void write(List<AuditRecord> batch) {
            assertThat(store.write(batch.stream().map(rows::of).toList(), false))
                    .isInstanceOf(WriteResult.Stored.class);
        }

        void checkpoint() throws IOException {
            var made = checkpoints.close(sql, chain.chain());
            if (made.isPresent()) {
                AnchorFile.append(anchors(), made.get());
            }
        }

        UUID id() {
            return chain.chain().head().orElseThrow().chain();
        }
    }

    Writer writer(String replica) {
        return writer(replica, CLOCK);
    }

    Writer writer(String replica, Clock clock) {
        return new Writer(replica, clock);
    }

    /// In the database and, which must say the same, on an export of it.
    Report verify() throws IOException {
        return verify(List.of(), false);
    }

    Report verify(List<VerificationKey> pinned, boolean withAnchors) throws IOException {
        var anchorFiles = withAnchors ? List.of(anchors()) : List.<Path>of();
        var report = verifyInDatabase(pinned, anchorFiles);
        assertThat(verifyAnExport(pinned, anchorFiles)).isEqualTo(report);
        return report;
    }

    Report verifyInDatabase(List<VerificationKey> pinned, List<Path> anchorFiles) throws IOException {
        return Verifier.verify(new DatabaseTrail(database.dataSource()), pinned, anchorFiles);
    }

    Report verifyAnExport(List<VerificationKey> pinned, List<Path> anchorFiles) throws IOException {
        var export = folder.resolve("export.ndjson");
        try (var out = Files.newBufferedWriter(export)) {
            ExportWriter.write(new DatabaseTrail(database.dataSource()), out);
        }
        return Verifier.verify(new ExportTrail(export), pinned, anchorFiles);
    }

    /// As a superuser who has the triggers out of the way.
    void tamper(String statement) {
        sql.transaction(transaction -> {
            transaction.dsl().execute("set local session_replication_role = replica");
            assertThat(transaction.dsl().execute(statement)).isPositive();
        });
    }

    void headAt(long sequence) {
        tamper("update audit.chains c set sequence = e.sequence, hash = e.hash from audit.exchanges e"
                + " where e.chain = c.chain and e.sequence = " + sequence);
    }

    String idAt(long sequence) {
        return sql.select(EXCHANGES.ID)
                .from(EXCHANGES)
                .where(EXCHANGES.SEQUENCE.eq(sequence))
                .fetchSingle(EXCHANGES.ID)
                .toString();
    }

    /// A record like another, at another place or, with `null`, at none.
    static String copyOf(long sequence, String place) {
        return "insert into audit.exchanges select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()"
                + (place.equals("null")
                        ? ", 'sequence', null, 'chain', null, 'hash', null, 'occurred_at', now() + interval '1 minute'"
                        : ", 'sequence', " + place)
                + "))).* from audit.exchanges e where e.sequence = " + sequence;
    }

    @Override
    public void close() {
        one.store.abort();
        database.close();
    }

    private Path anchors() {
        return folder.resolve("anchors.ndjson");
    }
}
