package dev.portcullis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives that whoever handed them over has tampered with, or made.
class EvidenceArchiveTest {
    private static final String README = "README.txt";

    private final SigningKey key = SigningKey.generate();

    @TempDir
    private Path folder;

    @Test
    void archiveThatNobodyTouchedIsGood() throws IOException {
        assertThat(verified(archive(README)).isGood()).isTrue();
    }

    /// Some programs unpack what stands first, others what the directory at the end names.
    @Test
    void archiveBehindAnotherOneIsNotGood() throws IOException {
        // Given
        var forged = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(forged)) {
            zip.putNextEntry(new ZipEntry(README));
            zip.write("Nothing happened.".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        forged.write(archive(README));

        // When
        var report = verified(forged.toByteArray());

        // Then
        assertThat(report.isGood()).isFalse();
        assertThat(report.bad()).hasValueSatisfying(bad -> assertThat(bad).contains("hidden"));
    }

    @Test
    void bytesBehindTheEndAreNotGood() throws IOException {
        // Given
        var bytes = archive(README);
        bytes[bytes.length - 2] = 1;
        var commented = new ByteArrayOutputStream();
        commented.write(bytes);
        commented.write('!');

        // When
        var report = verified(commented.toByteArray());

        // Then
        assertThat(report.isGood()).isFalse();
    }

    /// Whoever unpacks what was found good is not to write elsewhere.
    @ParameterizedTest
    @ValueSource(strings = {"../README.txt", "/etc/motd", "a/../../b", "a//b", "a\\b", "C:b", "./a", "a\u202eb", "a b"})
    void nameThatLeadsElsewhereIsNotGood(String name) throws IOException {
        var report = verified(archive(name));

        assertThat(report.isGood()).isFalse();
        assertThat(report.bad()).hasValueSatisfying(bad -> assertThat(bad).contains("MANIFEST"));
    }

    /// What is hashed is one of the two; another reader may see the other.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"begin\", \"kind\": \"end\"}",
                "{\"kind\": \"record\", \"subject\": \"admin_event\", \"record\": {\"actor\": \"mallory\", \"actor\": \"ada\"}}"
            })
    void memberThatIsThereTwiceIsRefused(String line) throws IOException {
        // Given
        var file = folder.resolve("trail.ndjson");
        Files.writeString(file, line);
        var trail = new ExportTrail(file);

        // Then
        assertThatThrownBy(() -> trail.read(_ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("each member once");
    }

    @Test
    void lineWithoutEndIsRefused() throws IOException {
        // Given
        var file = folder.resolve("trail.ndjson");
        Files.writeString(file, "x".repeat(2_000));
        var trail = new ExportTrail("trail.ndjson", () -> Files.newBufferedReader(file), 1_000);

        // Then
        assertThatThrownBy(() -> trail.read(_ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1 is damaged: it is longer than 1000 characters");
    }

    private EvidenceReport verified(byte[] archive) throws IOException {
        var file = folder.resolve("evidence.zip");
        Files.write(file, archive);
        return EvidenceArchive.verify(file, List.of(), List.of());
    }

    private byte[] archive(String name) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new EvidenceWriter(out);
        writer.file(name, text -> text.write("All that happened."));
        writer.file(
                EvidenceManifest.keyFile(key.keyId()),
                text -> text.write(key.publicKey().pem()));
        writer.file(
                EvidenceManifest.TRAIL,
                text -> ExportWriter.write(reader -> reader.accept(new TrailEntry.End()), text));
        writer.finish(Map.of("created_by", "ada"), key);
        return out.toByteArray();
    }
}
