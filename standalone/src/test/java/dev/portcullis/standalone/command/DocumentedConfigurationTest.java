package dev.portcullis.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.StorageSettings;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.config.Upstreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The example in the repository says what is so: each command reads it, and the values it shows are
/// the defaults.
class DocumentedConfigurationTest {
    private static final Path EXAMPLE = Path.of("../config/portcullis.yaml");

    @Test
    void exampleShowsTheDefaultsOfTheProxy() {
        // When
        var config = ConfigurationFile.load(EXAMPLE, Map.of()).read(ProxyConfig::read);

        // Then
        assertThat(config.limits()).isEqualTo(Limits.defaults());
        assertThat(config.upstreams()).isEqualTo(Upstreams.defaults());
        assertThat(config.audit())
                .isEqualTo(AuditSettings.defaults()
                        .with(Durability.Journal.in(EXAMPLE.toAbsolutePath().resolveSibling("journal"))));
        assertThat(config.tls()).isEmpty();
        assertThat(config.listen()).isEqualTo(loopback(8080));
        assertThat(config.management().listen()).isEqualTo(loopback(9090));
        assertThat(config.publishedOnLoopback()).isFalse();
        assertThat(config.publicHosts()).isEmpty();
        assertThat(config.allowedOrigins()).isEmpty();
        assertThat(config.replica()).isEqualTo("replica-1");
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.identity()).isEqualTo(IdentitySettings.none());
        assertThat(config.secretsKey()).isEmpty();
    }

    /// What is commented out has to be right as well.
    @Test
    void commentedKeysOfIdentityAreRead() throws IOException {
        // Given
        var text = Files.readString(EXAMPLE)
                .replace("issuers: {}", "issuers:")
                .replace("certificates: {}", "certificates:")
                .replaceAll("(?m)^( {6})# ( *[a-zA-Z]+:)", "$1$2")
                .replace("# publicUrl:", "publicUrl:");

        // When
        var config = ConfigurationFile.parse(text, databaseIn()).read(ProxyConfig::read);

        // Then
        assertThat(config.publicUrl()).contains("https://mcp.example.com");
        assertThat(config.publicHosts()).containsExactly("mcp.example.com");
        assertThat(config.identity().issuers()).singleElement().satisfies(issuer -> {
            assertThat(issuer.name()).isEqualTo("corp");
            assertThat(issuer.keysKeptFor()).hasDays(1);
            assertThat(issuer.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
        });
        assertThat(config.identity().certificates()).singleElement().satisfies(rule -> {
            assertThat(rule.match()).isEqualTo("spiffe://example.com/ci/*");
            assertThat(rule.groups()).containsExactly("ci");
        });
    }

    @Test
    void exampleShowsTheDefaultsOfTheConsole() {
        var settings = ConfigurationFile.load(EXAMPLE, Map.of()).read(ConsoleConfiguration::read);
        var defaults = ConfigurationFile.parse("", databaseIn()).read(ConsoleConfiguration::read);
        assertThat(settings.bindAddress()).isEqualTo(defaults.bindAddress());
        assertThat(settings.port()).isEqualTo(defaults.port());
        assertThat(settings.gatewayUrl()).isEqualTo(defaults.gatewayUrl());
        assertThat(settings.trail().storage())
                .isEqualTo(StorageSettings.usual())
                .isEqualTo(defaults.trail().storage());
    }

    @Test
    void retentionIsReadForEachOrganization() {
        // When
        var settings = ConfigurationFile.parse(
                        "console: {audit: {partitions: daily, retention: 400d, organizations: {acme: 90d, law: forever}}}",
                        databaseIn())
                .read(ConsoleConfiguration::read);

        // Then
        assertThat(settings.trail().storage().partitions()).isEqualTo(StorageSettings.Period.DAILY);
        assertThat(settings.trail().storage().retention())
                .contains(new Retention(
                        Optional.of(Duration.ofDays(400)),
                        Map.of("acme", Optional.of(Duration.ofDays(90)), "law", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; false",
                "{partitions: daily, organizations: {}}; false",
                "{retention: forever}; true",
                "{organizations: {acme: 90d}}; true"
            })
    void fileOwnsTheRetentionWhereItSaysAnythingOfIt(String audit, boolean owns) {
        var settings = ConfigurationFile.parse("console: {audit: " + audit + "}", databaseIn())
                .read(ConsoleConfiguration::read);

        assertThat(settings.trail().storage().retention().isPresent()).isEqualTo(owns);
    }

    @Test
    void wrongRetentionIsToldWithEverythingElse() {
        var file = ConfigurationFile.parse(
                "console: {audit: {partitions: weekly, retention: 1h, organizations: {acme: soon, law: 36501d, ' x': 1d}}}",
                databaseIn());
        assertThatThrownBy(() -> file.read(ConsoleConfiguration::read))
                .hasMessageContaining("console.audit.partitions: weekly (expected: monthly or daily)")
                .hasMessageContaining("console.audit.retention: 1h (expected: forever, or 1d to 36500d)")
                .hasMessageContaining("console.audit.organizations.law: 36501d (expected: forever, or 1d to 36500d)")
                .hasMessageContaining("console.audit.organizations. x: 1d (expected: under the name of an organization")
                .hasMessageContaining("console.audit.organizations.acme: soon (expected: ");
    }

    @Test
    void exampleTakesThePasswordFromTheEnvironment() {
        var file = ConfigurationFile.load(EXAMPLE, Map.of("PORTCULLIS_DB_PASSWORD", "s3cret"));
        assertThat(file.read(DatabaseSettings::from).password().reveal()).isEqualTo("s3cret");
    }

    @Test
    void everyKeyIsOverriddenByItsVariable() {
        var environment = Map.of(
                "PORTCULLIS_REPLICA", "r7",
                "PORTCULLIS_PROXY_LISTEN", "0.0.0.0:80",
                "PORTCULLIS_PROXY_PUBLISHED_ON_LOOPBACK", "true",
                "PORTCULLIS_PROXY_LIMITS_RESPONSE_HEAD", "7s",
                "PORTCULLIS_PROXY_UPSTREAMS_SANDBOX", "http://sandbox:8090/{route}/v1");
        var config = ConfigurationFile.load(EXAMPLE, environment).read(ProxyConfig::read);
        assertThat(config.replica()).isEqualTo("r7");
        assertThat(config.listen().getPort()).isEqualTo(80);
        assertThat(config.publishedOnLoopback()).isTrue();
        assertThat(config.limits().responseHead()).hasSeconds(7);
        assertThat(config.upstreams().sandboxUrl()).contains("http://sandbox:8090/{route}/v1");
    }

    @Test
    void gatewayUrlHasNoPath() {
        var file = ConfigurationFile.parse("console: {gatewayUrl: 'http://gateway/mcp'}", databaseIn());
        assertThatThrownBy(() -> file.read(ConsoleConfiguration::read))
                .hasMessageContaining("console.gatewayUrl: http://gateway/mcp (expected: http://host");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Map<String, String> databaseIn() {
        return Map.of(
                "PORTCULLIS_DATABASE_URL", "jdbc:postgresql://db/x",
                "PORTCULLIS_DATABASE_USER", "x",
                "PORTCULLIS_DATABASE_PASSWORD", "x");
    }
}
