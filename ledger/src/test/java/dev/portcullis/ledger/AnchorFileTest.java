package dev.portcullis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class AnchorFileTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final UUID CHAIN = UUID.randomUUID();

    @TempDir
    private Path folder;

    @Test
    void checkpointsAreReadAsTheyWereWritten() throws IOException {
        // Given
        var first = checkpoint(CHAIN, 1);
        var second = Checkpoint.sign(new Link(CHAIN, 2, new byte[32]), Optional.of(first), Instant.now(), KEY);
        AnchorFile.append(file(), first);
        AnchorFile.append(file(), checkpoint(UUID.randomUUID(), 1));
        AnchorFile.append(file(), second);

        // When
        var read = read(Files.size(file()), CHAIN.toString());

        // Then
        assertThat(read).extracting(Checkpoint::json).containsExactly(first.json(), second.json());
        assertThat(read).allMatch(checkpoint -> checkpoint.isSignedWith(KEY.publicKey()));
    }

    @Test
    void whatWasAppendedLaterIsNotLookedAt() throws IOException {
        // Given
        AnchorFile.append(file(), checkpoint(CHAIN, 1));
        long length = Files.size(file());
        AnchorFile.append(file(), checkpoint(CHAIN, 2));

        // Then
        assertThat(read(length, "")).hasSize(1);
        assertThat(read(length + 20, "")).hasSize(1);
        assertThat(read(0, "")).isEmpty();
    }

    @Test
    void halfWrittenLineIsLeftOutAtTheEnd() throws IOException {
        AnchorFile.append(file(), checkpoint(CHAIN, 1));
        Files.writeString(file(), "{\"chain\":\"" + CHAIN, StandardOpenOption.APPEND);

        assertThat(read(Files.size(file()), "")).hasSize(1);
    }

    @Test
    void processGoesOnBehindAHalfWrittenLineOfAnother() throws IOException {
        // Given
        var whole = checkpoint(CHAIN, 1).json();
        for (int length : List.of(1, 5, 20, whole.length() / 2, whole.length() - 1)) {
            Files.deleteIfExists(file());
            Files.writeString(file(), whole + "\n" + whole.substring(0, length));

            // When
            AnchorFile.append(file(), checkpoint(CHAIN, 2));

            // Then
            assertThat(read(Files.size(file()), ""))
                    .as("after %s characters", length)
                    .extracting(checkpoint -> checkpoint.at().sequence())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void lineThatLacksNothingButItsEndCounts() throws IOException {
        // Given
        Files.writeString(file(), checkpoint(CHAIN, 1).json());

        // When
        AnchorFile.append(file(), checkpoint(CHAIN, 2));

        // Then
        assertThat(read(Files.size(file()), "")).hasSize(2);
    }

    @Test
    void changedLineIsAnError() throws IOException {
        // Given
        var whole = checkpoint(CHAIN, 1).json();
        for (var changed : List.of(whole.replace("sequence", "sequenze"), whole + "x", whole.substring(30), "x")) {
            Files.writeString(file(), whole + "\n" + changed + "\n");
            AnchorFile.append(file(), checkpoint(CHAIN, 2));

            // Then
            assertThatThrownBy(() -> read(Files.size(file()), ""))
                    .as(changed)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("line 2 is no checkpoint");
        }
    }

    private Path file() {
        return folder.resolve("anchors.ndjson");
    }

    private static Checkpoint checkpoint(UUID chain, long sequence) {
        return Checkpoint.sign(new Link(chain, sequence, new byte[32]), Optional.empty(), Instant.now(), KEY);
    }

    private List<Checkpoint> read(long length, String wanted) throws IOException {
        try (var reader = new AnchorFile.Reader(file(), length, wanted)) {
            var read = new ArrayList<Checkpoint>();
            reader.forEachRemaining(read::add);
            return read;
        }
    }
}
