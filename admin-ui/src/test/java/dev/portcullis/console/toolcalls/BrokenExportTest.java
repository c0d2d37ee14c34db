package dev.portcullis.console.toolcalls;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.trail.ChainedCalls;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// An export that comes upon a record that it cannot read, behind more of them than it reads at once.
class BrokenExportTest {
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2024, 5, 1, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final int FIRST_STEP = 1_000;
    private static final int TOO_DEEP = 3_000;

    private final RunningConsole console = RunningConsole.shared();
    private final ChainedCalls chain = new ChainedCalls(console.database().dataSource());
    private final String tool = "export-" + UUID.randomUUID();

    @BeforeEach
    void record() {
        chain.record(FIRST_STEP, tool, LONG_AGO);
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, LONG_AGO.minusDays(1))
                .set(EXCHANGES.REPLICA, "replica-1")
                .set(EXCHANGES.TOOL, tool)
                .set(EXCHANGES.DECISION, "allowed")
                .set(EXCHANGES.OUTCOME, "succeeded")
                .set(EXCHANGES.ARGUMENTS, JSONB.valueOf("[".repeat(TOO_DEEP) + "]".repeat(TOO_DEEP)))
                .set(EXCHANGES.CHAIN, chain.chain())
                .set(EXCHANGES.SEQUENCE, FIRST_STEP + 1L)
                .set(EXCHANGES.HASH, new byte[32])
                .execute();
    }

    @AfterEach
    void forget() {
        chain.drop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv"})
    void exportThatBreaksOffMidwayIsAnErrorToItsReader(String format) {
        var request = console.request("/api/v1/tool-calls/export?format=" + format + "&tool=" + tool)
                .build();

        try (var client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(complete()).isEqualTo("false");
    }

    @Test
    void exportThatCannotBeginIsAProblem() {
        var response = console.get("/api/v1/tool-calls/export?to=2024-05-01T00:00:00Z&tool=" + tool);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void exportOfWhatCanBeReadComesToItsEnd() {
        var response = console.get("/api/v1/tool-calls/export?from=2024-05-01T00:00:00Z&tool=" + tool);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines()).hasSize(FIRST_STEP);
    }

    private String complete() {
        return RunningConsole.json(console.get("/api/v1/admin-events?limit=1&event=audit.export_ended"))
                .at("/items/0/detail/complete")
                .asString();
    }
}
