package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.storage.StorageSettings;
import dev.portcullis.console.storage.StorageSettings.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class UpSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void everythingIsKeptUnlessSomebodySaysOtherwise() {
        assertThat(settings(Optional.empty(), Map.of()).trail().storage()).isEqualTo(StorageSettings.usual());
    }

    @Test
    void retentionComesFromTheFileWhateverElseTheConsoleIsTold() throws IOException {
        // Given
        var file = file("console: {listen: '127.0.0.1:1', policy: {owner: git}, audit: {partitions: daily}}");

        // When
        var storage = settings(Optional.of(file), Map.of("PORTCULLIS_CONSOLE_AUDIT_RETENTION", "90d"))
                .trail()
                .storage();

        // Then
        assertThat(storage.partitions()).isEqualTo(Period.DAILY);
        assertThat(storage.retention().usual()).contains(Duration.ofDays(90));
    }

    @Test
    void wrongRetentionIsTold() throws IOException {
        var settings = settings(Optional.of(file("console: {audit: {retain: 90d}}")), Map.of());

        assertThatThrownBy(settings::trail).hasMessageContaining("console.audit.retain: unknown key");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("portcullis.yaml"), text);
    }

    private UpSettings settings(Optional<Path> file, Map<String, String> environment) {
        var port = new LocalPort("--proxy-port", 0);
        return new UpSettings(
                new UpOptions(new DataFolder(folder), port, port, port, List.of(), Optional.empty(), file),
                environment);
    }
}
