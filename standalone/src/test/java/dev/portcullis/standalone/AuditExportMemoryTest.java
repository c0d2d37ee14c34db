package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// What the command's export holds in memory does not depend on how much it exports.
@Timeout(120)
class AuditExportMemoryTest {
    private static final int RECORDS = 1_600;
    private static final int ARGUMENTS = 40_000;
    private static final long ALL = (long) RECORDS * ARGUMENTS;

    @TempDir
    private Path folder;

    @Test
    void memoryDoesNotGrowWithTheExport() throws Exception {
        try (var database = TestDatabase.create()) {
            // Given
            record(database);
            var configuration = Files.writeString(
                    folder.resolve("portcullis.yaml"),
                    "database: {url: \"" + database.url() + "\", user: " + database.user() + ", password: \""
                            + database.password() + "\"}\n");
            var out = new Watched();

            // When
            int code = PortcullisCommand.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(new StringWriter()))
                    .execute("audit", "export", "--config", configuration.toString());

            // Then
            assertThat(code).isZero();
            assertThat(out.characters).isGreaterThan(ALL);
            assertThat(out.most).as("bytes in use while exporting").isLessThan(ALL / 2);
        }
    }

    private static void record(TestDatabase database) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into audit.exchanges (id, occurred_at, replica, decision, outcome, arguments)
                    select gen_random_uuid(), now() - n * interval '1 second', 'r1', 'allowed', 'succeeded',
                           jsonb_build_object('text', repeat('x', %d))
                    from generate_series(1, %d) n
                    """.formatted(ARGUMENTS, RECORDS));
        }
    }

    /// Keeps nothing, and looks now and then at what is in use.
    private static final class Watched extends Writer {
        private static final long BETWEEN_LOOKS = ALL / 4;

        private final long before = inUse();
        private long characters;
        private long next = BETWEEN_LOOKS;
        private long most;

        @Override
        public void write(char[] text, int from, int length) {
            characters += length;
            if (characters >= next) {
                next += BETWEEN_LOOKS;
                most = Math.max(most, inUse() - before);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        private static long inUse() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
