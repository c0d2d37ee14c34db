package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class ShipperTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A row that takes no place in a chain while there is no memory.
    private static final class Unlucky extends ExchangesRecord {
        private static final long serialVersionUID = 1L;

        private final transient AtomicBoolean lacks;

        Unlucky(ExchangesRecord row, AtomicBoolean lacks) {
            this.lacks = lacks;
            from(row);
        }

        @Override
        public void setChain(UUID value) {
            if (lacks.get()) {
                throw new OutOfMemoryError("test");
            }
            super.setChain(value);
        }
    }

    @Test
    void lackOfMemoryIsSaidAndPasses() throws Exception {
        // Given
        var rows = new ExchangeRows("replica-1");
        var backlog = new Backlog();
        var lacks = new AtomicBoolean(true);
        var record = RecordForTest.create().build();
        try (var database = new RelayedDatabase()) {
            var shipper = new Shipper(
                    new AuditSettings(100, 1L << 20, Duration.ofMillis(10), 100),
                    backlog,
                    new ExchangeStore(database.relayed(), rows, new ChainWriter("replica-1", Clock.systemUTC())),
                    rows,
                    InMemory.start(backlog),
                    _ -> {});
            shipper.start();

            // When
            backlog.add(new Backlog.Kept(new Unlucky(rows.of(record), lacks), false));

            // Then
            await().atMost(PATIENCE)
                    .until(() -> shipper.trouble()
                            .filter(reason -> reason.contains("OutOfMemoryError"))
                            .isPresent());

            // When
            lacks.set(false);

            // Then
            await().atMost(PATIENCE).until(() -> shipper.written() == 1);
            assertThat(shipper.trouble()).isEmpty();
            assertThat(DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES)
                            .fetchCount(TOOL_CALLS, TOOL_CALLS.ID.eq(record.id())))
                    .isEqualTo(1);
            shipper.finish(Duration.ofSeconds(1));
        }
    }
}
