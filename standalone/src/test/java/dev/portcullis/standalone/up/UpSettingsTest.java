package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
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
import java.util.Set;
import java.util.stream.Stream;

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

    @Test
    void trailIsSignedWithTheKeyOfTheDataFolderUnlessAnotherIsNamed() throws IOException {
        // Given
        var own = settings(Optional.empty(), Map.of());
        var named = settings(
                Optional.of(file("{proxy: {audit: {chain: {key: proxy.key}}}, console: {audit: {key: console.key}}}")),
                Map.of());
        var inVariables = settings(
                Optional.empty(),
                Map.of(
                        "PORTCULLIS_PROXY_AUDIT_CHAIN_KEY",
                        "/keys/proxy.key",
                        "PORTCULLIS_CONSOLE_AUDIT_KEY",
                        "/keys/console.key"));

        // Then
        assertThat(keys(own)).containsExactly(folder.resolve("audit-signing.key"), folder.resolve("audit-signing.key"));
        assertThat(keys(named)).containsExactly(folder.resolve("proxy.key"), folder.resolve("console.key"));
        assertThat(keys(inVariables)).containsExactly(Path.of("/keys/proxy.key"), Path.of("/keys/console.key"));
    }

    /// Of the proxy and of the console.
    private List<Path> keys(UpSettings settings) {
        var surroundings = new UpSettings.Surroundings(
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/portcullis", "portcullis", new Secret("x")),
                "http://127.0.0.1:1/{route}/v1",
                Set.of(),
                Optional.empty(),
                folder.resolve("journal"));
        return Stream.of(
                        settings.proxy(surroundings).chain().key(),
                        settings.trail().signingKey())
                .flatMap(Optional::stream)
                .toList();
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
