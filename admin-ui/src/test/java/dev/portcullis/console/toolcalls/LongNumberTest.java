package dev.portcullis.console.toolcalls;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.trail.ChainedCalls;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// A caller may send a number that is short, and long in the database.
class LongNumberTest {
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2024, 6, 1, 12, 0, 0, 0, ZoneOffset.UTC);

    private final RunningConsole console = RunningConsole.shared();
    private final ChainedCalls chain = new ChainedCalls(console.database().dataSource());

    @AfterEach
    void forget() {
        chain.drop();
    }

    @Test
    void recordWithANumberOfThousandsOfDigitsCanBeRead() {
        // Given
        var id = UUID.randomUUID();
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(EXCHANGES.ID, id)
                .set(EXCHANGES.OCCURRED_AT, LONG_AGO)
                .set(EXCHANGES.REPLICA, "replica-1")
                .set(EXCHANGES.TOOL, "long-number")
                .set(EXCHANGES.DECISION, "allowed")
                .set(EXCHANGES.OUTCOME, "succeeded")
                .set(EXCHANGES.ARGUMENTS, JSONB.valueOf("{\"count\": 1e5000}"))
                .set(EXCHANGES.CHAIN, chain.chain())
                .set(EXCHANGES.SEQUENCE, 1L)
                .set(EXCHANGES.HASH, new byte[32])
                .execute();

        // When
        var one = console.get("/api/v1/tool-calls/" + id);
        var export = console.get("/api/v1/tool-calls/export?tool=long-number");

        // Then
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).contains("\"count\":1" + "0".repeat(5_000) + "}");
        assertThat(export.body()).contains("\"count\":1" + "0".repeat(5_000) + "}");
    }
}
