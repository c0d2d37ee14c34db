package dev.portcullis.console.toolcalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;

/// What an export holds in memory does not depend on how much it exports.
@Timeout(120)
class ExportMemoryTest {
    private static final int RECORDS = 1_600;
    private static final int ARGUMENTS = 40_000;
    private static final long ALL = (long) RECORDS * ARGUMENTS;
    private static final int LOOKS = 4;

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES).execute("""
                        insert into audit.exchanges (id, occurred_at, replica, decision, outcome, arguments)
                        select gen_random_uuid(), now() - n * interval '1 second', 'r1', 'allowed', 'succeeded',
                               jsonb_build_object('text', repeat('x', %d))
                        from generate_series(1, %d) n
                        """.formatted(ARGUMENTS, RECORDS));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv"})
    void memoryDoesNotGrowWithTheExport(String format) throws Exception {
        // Given
        var before = inUse();
        var most = 0L;
        var bytes = 0L;

        // When
        try (var client = HttpClient.newHttpClient();
                var body = client.send(
                                console.request("/api/v1/tool-calls/export?format=" + format)
                                        .build(),
                                BodyHandlers.ofInputStream())
                        .body()) {
            for (var look = 0; look < LOOKS; look++) {
                bytes += read(body, ALL / LOOKS);
                most = Math.max(most, inUse() - before);
            }
            bytes += read(body, Long.MAX_VALUE);
        }

        // Then
        assertThat(bytes).isGreaterThan(ALL);
        assertThat(most).as("bytes in use while exporting").isLessThan(ALL / 2);
    }

    private static long read(InputStream body, long most) throws IOException {
        var buffer = new byte[1 << 16];
        var read = 0L;
        while (read < most) {
            var count = body.read(buffer);
            if (count < 0) {
                break;
            }
            read += count;
        }
        return read;
    }

    /// What is still needed.
    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
