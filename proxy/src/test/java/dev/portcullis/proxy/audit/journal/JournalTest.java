package dev.portcullis.proxy.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.proxy.config.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

@Timeout(60)
class JournalTest {
    private static final long SIZE = 16L << 20;

    @TempDir
    private Path folder;

    private final LongAdder groups = new LongAdder();

    @Test
    void recordsAreThereAgainInOrder() throws Exception {
        // Given
        try (var journal = open()) {
            assertThat(journal.kept()).isEmpty();
            long one = durable(journal, "one");
            long two = durable(journal, "two");
            durable(journal, "three");
            journal.replace(one, bytes("one, ended"));
            journal.remove(two);
        }

        // When
        try (var journal = open()) {
            // Then
            assertThat(journal.kept())
                    .extracting(kept -> kept.id() + " " + new String(kept.record(), StandardCharsets.UTF_8))
                    .containsExactly("1 one, ended", "3 three");
            assertThat(groups.sum()).isPositive();
        }
    }

    @Test
    void recordLargerThanAFileIsThereAgain() throws Exception {
        // Given
        var large = "x".repeat(3 << 20);
        try (var journal = open()) {
            journal.replace(durable(journal, large), bytes(large + "!"));
        }

        // When
        try (var journal = open()) {
            // Then
            assertThat(journal.kept()).hasSize(1);
            assertThat(new String(journal.kept().getFirst().record(), StandardCharsets.UTF_8))
                    .isEqualTo(large + "!");
        }
    }

    @Test
    void filesAreUsedAgain() throws Exception {
        // Given
        try (var journal = open()) {
            durable(journal, "stays");

            // When more is written than the journal may take, and removed
            for (int i = 0; i < 2_000; i++) {
                journal.remove(durable(journal, "x".repeat(20_000)));
            }

            // Then
            assertThat(journal.bytes()).isLessThan(SIZE);
        }
        try (var journal = open()) {
            assertThat(journal.kept()).extracting(Kept::id).containsExactly(1L);
        }
    }

    @Test
    void secondProcessIsRefused() throws Exception {
        try (var _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void journalOfAnotherVersionIsRefused() throws Exception {
        // Given
        try (var journal = open()) {
            durable(journal, "one");
        }
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".journal")).toList()) {
                try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(Integer.BYTES);
                    bytes.writeInt(99);
                }
            }
        }

        // Then
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another version of the gateway");
    }

    @Test
    void fileInItsPlaceIsRefused() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("file"), "");

        // Then
        assertThatThrownBy(() -> Journal.open(new Durability.Journal(file, SIZE), nanos -> {}))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("must be a directory that can be written to");
    }

    @Test
    void nothingIsWrittenAfterAFailure() throws Exception {
        try (var journal = open()) {
            // When
            journal.failed("No space left on device");

            // Then
            assertThat(written(journal, "one").join()).contains("No space left on device");
            assertThat(journal.failure()).contains("No space left on device");
        }
    }

    @Test
    void manyRecordsShareAGroup() throws Exception {
        try (var journal = open()) {
            // When
            var answers = IntStream.range(1, 2_000)
                    .mapToObj(n -> written(journal, "x".repeat(500)))
                    .toList();

            // Then
            for (var answer : answers) {
                assertThat(answer.join()).isEmpty();
            }
            assertThat(groups.sum()).isLessThan(500);
        }
    }

    private Journal open() throws JournalException {
        return Journal.open(new Durability.Journal(folder, SIZE), nanos -> groups.increment());
    }

    private static long durable(Journal journal, String record) {
        var answer = new CompletableFuture<Optional<String>>();
        long id = journal.add(bytes(record), answer::complete);
        assertThat(answer.join()).isEmpty();
        return id;
    }

    private static CompletableFuture<Optional<String>> written(Journal journal, String record) {
        var answer = new CompletableFuture<Optional<String>>();
        var _ = journal.add(bytes(record), answer::complete);
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
