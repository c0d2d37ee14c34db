package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.storage.StorageSettings;
import dev.portcullis.console.storage.StorageSettings.Period;
import dev.portcullis.proxy.config.ManagementSettings.LocalKillSettings;
import dev.portcullis.proxy.config.ProxyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

class UpSettingsTest {
    private static final String TOKEN = "made-by-the-first-start";

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
        assertThat(storage.retention().orElseThrow().usual()).contains(Duration.ofDays(90));
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

    @Test
    void replicaHasTheKillSwitchOfTheDataFolder() {
        var kills = kills(settings(Optional.empty(), Map.of()));

        assertThat(kills.map(kept -> kept.token().reveal())).contains(TOKEN);
        assertThat(kills.map(LocalKillSettings::file)).contains(folder.resolve("kills.json"));
        assertThat(kills.map(LocalKillSettings::remote))
                .as("for this machine alone")
                .contains(false);
    }

    @Test
    void killSwitchThatSomebodyHasSetUpIsLeftAsItIs() throws IOException {
        // Given
        var token = "chosen-by-the-operator";
        var file = file("management: {kills: {token: %s, file: mine.json, remote: true}}".formatted(token));
        var environment = Map.of(
                "PORTCULLIS_MANAGEMENT_KILLS_TOKEN",
                token,
                "PORTCULLIS_MANAGEMENT_KILLS_FILE",
                folder.resolve("mine.json").toString());

        // Then
        assertThat(kills(settings(Optional.of(file), Map.of())).orElseThrow())
                .satisfies(kills -> assertThat(kills.token().reveal()).isEqualTo(token))
                .satisfies(kills -> assertThat(kills.file()).isEqualTo(folder.resolve("mine.json")))
                .satisfies(kills -> assertThat(kills.remote()).isTrue());
        assertThat(kills(settings(Optional.empty(), environment)).orElseThrow())
                .satisfies(kills -> assertThat(kills.token().reveal()).isEqualTo(token))
                .satisfies(kills -> assertThat(kills.file()).isEqualTo(folder.resolve("mine.json")));
    }

    @Test
    void halfOfAKillSwitchIsTold() throws IOException {
        var settings = settings(Optional.of(file("management: {kills: {remote: true}}")), Map.of());

        assertThatThrownBy(() -> kills(settings)).hasMessageContaining("management.kills.token");
    }

    @Test
    void tokenIsMadeOnceForItsOwnerOnly() throws IOException {
        // Given
        var data = new DataFolder(folder);

        // When
        var token = new FirstSecrets(data).managementToken().reveal();

        // Then
        assertThat(token).hasSizeGreaterThan(LocalKillSettings.SHORTEST_TOKEN);
        assertThat(new FirstSecrets(data).managementToken().reveal()).isEqualTo(token);
        assertThat(Files.getPosixFilePermissions(data.managementToken()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void consoleOwnsThePolicyUnlessSomebodySaysOtherwise() {
        assertThat(settings(Optional.empty(), Map.of()).policyOwner()).isEqualTo(new PolicyOwner.Console());
    }

    @Test
    void ownerOfThePolicyComesFromTheFileWhateverElseTheConsoleIsTold() throws IOException {
        // Given
        var file = file("console: {listen: '127.0.0.1:1', policy: {owner: git}, audit: {retain: 90d}}");

        // When
        var owner = settings(
                        Optional.of(file), Map.of("PORTCULLIS_CONSOLE_POLICY_REPOSITORY", "https://git.example.com/x"))
                .policyOwner();

        // Then
        assertThat(owner).isEqualTo(new PolicyOwner.Git(URI.create("https://git.example.com/x")));
    }

    /// Of the proxy and of the console.
    private List<Path> keys(UpSettings settings) {
        return Stream.of(proxy(settings).chain().key(), settings.trail().signingKey())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<LocalKillSettings> kills(UpSettings settings) {
        return proxy(settings).management().kills();
    }

    private ProxyConfig proxy(UpSettings settings) {
        return settings.proxy(new UpSettings.Surroundings(
                new DatabaseSettings("jdbc:postgresql:", "somebody", new Secret("secret")),
                "http://127.0.0.1/{route}/v1",
                Set.of(),
                Optional.empty(),
                Optional.of(new Secret(TOKEN)),
                folder.resolve("journal")));
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
