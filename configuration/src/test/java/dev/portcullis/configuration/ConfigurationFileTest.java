package dev.portcullis.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class ConfigurationFileTest {
    @TempDir
    private Path folder;

    @Test
    void allErrorsAreReportedAtOnce() {
        // Given
        var file = ConfigurationFile.parse("""
                database:
                  url: mysql://localhost/x
                  usr: portcullis
                proxi: {}
                management:
                  port: -1
                """, Map.of());

        // When
        var thrown = catchThrowableOfType(
                ConfigurationException.class,
                () -> file.read(settings -> new DatabaseAndPort(
                        DatabaseSettings.from(settings),
                        settings.section("management").port("port", 9090))));

        // Then
        assertThat(thrown).hasMessage("""
                configuration: 6 problems
                  line 2: database.url: [secret] (expected: jdbc:postgresql://host:port/name)
                  line 2: database.user: missing (expected: a text)
                  line 2: database.password: missing (expected: a secret, or file:PATH)
                  line 6: management.port: -1 (expected: a whole number from 0 to 65535)
                  line 4: proxi: unknown key (expected: console, database, management, policy, proxy, replica,\
                 secrets;\
                 did you mean proxy?)
                  line 3: database.usr: unknown key (expected: password, url, user; did you mean user?)""");
        assertThat(thrown.problems())
                .hasSize(6)
                .contains(new ConfigurationProblem(
                        "management.port", "line 6", "-1", "a whole number from 0 to 65535", Optional.empty()));
    }

    @Test
    void urlOfTheDatabaseIsShownWithoutItsParameters() {
        var settings = new DatabaseSettings(
                "jdbc:postgresql://db/portcullis?user=u&password=hunter2", "portcullis", new Secret("s3cret"));

        assertThat(settings.address()).isEqualTo("jdbc:postgresql://db/portcullis");
        assertThat(settings.toString()).doesNotContain("hunter2", "s3cret");
    }

    @Test
    void sectionsThatAreNotOpenedAreNotLookedAt() {
        var file = ConfigurationFile.parse("console: {any: '${UNSET}'}\nproxy: {count: 3}", Map.of());
        assertThat(file.<Integer>read(settings -> settings.section("proxy").integer("count", 1, 1, 9)))
                .isEqualTo(3);
    }

    @Test
    void fileIsReadAgainWithoutMemoryOfTheLastTime() {
        // Given
        var file = ConfigurationFile.parse("proxy: {count: 3}", Map.of());
        assertThatThrownBy(() -> file.read(settings -> settings.section("proxy").flag("count", true)))
                .isInstanceOf(ConfigurationException.class);

        // When
        int count = file.read(settings -> settings.section("proxy").integer("count", 1, 1, 9));

        // Then
        assertThat(count).isEqualTo(3);
    }

    @Test
    void refusalOfARecordNeedsNoStackTrace() {
        var file = ConfigurationFile.parse("", Map.of());
        assertThatThrownBy(() -> file.read(settings -> {
                    throw new IllegalArgumentException("connectTimeout: PT9S (expected: < requestTimeout)");
                }))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("configuration: connectTimeout: PT9S (expected: < requestTimeout)");
    }

    @Test
    void problemInTheFileHidesTheRefusalItCaused() {
        var file = ConfigurationFile.parse("proxy: {count: 0}", Map.of());
        assertThatThrownBy(() -> file.read(settings -> {
                    settings.section("proxy").integer("count", 1, 1, 9);
                    throw new IllegalArgumentException("count: …");
                }))
                .hasMessage("configuration: line 1: proxy.count: 0 (expected: a whole number from 1 to 9)");
    }

    @Test
    void secretComesFromAFileBesideTheConfiguration() throws IOException {
        // Given
        Files.writeString(folder.resolve("password"), "two\nlines\n");
        var file = Files.writeString(folder.resolve("portcullis.yaml"), database("file:password"));

        // When
        var settings = ConfigurationFile.load(file, Map.of()).read(DatabaseSettings::from);

        // Then
        assertThat(settings.password().reveal()).isEqualTo("two\nlines");
        assertThat(settings)
                .hasToString(
                        "DatabaseSettings[url=jdbc:postgresql://db/portcullis, user=portcullis, password=[secret]]");
    }

    @Test
    void secretOverrideMayNameAFileToo() throws IOException {
        var secret = Files.writeString(folder.resolve("password"), "s3cret");
        var file = ConfigurationFile.parse(
                database("in the file"), Map.of("PORTCULLIS_DATABASE_PASSWORD", "file:" + secret));
        assertThat(file.read(DatabaseSettings::from).password().reveal()).isEqualTo("s3cret");
    }

    @Test
    void secretFileThatCannotBeReadIsRefused() {
        var file = ConfigurationFile.parse(database("file:none"), Map.of());
        assertThatThrownBy(() -> file.read(DatabaseSettings::from))
                .hasMessage("configuration: line 4: database.password: file:none (expected: a file that can be read)");
    }

    @Test
    void brokenPlaceholderInASecretDoesNotShowTheRest() {
        var file = ConfigurationFile.parse(database("hunter2${UNSET}"), Map.of());
        assertThatThrownBy(() -> file.read(DatabaseSettings::from)).hasMessageNotContaining("hunter2");
    }

    @Test
    void duplicateKeyIsRefused() {
        assertThatThrownBy(() -> ConfigurationFile.parse("proxy:\n  a: 1\n  a: 2\n", Map.of()))
                .hasMessage("configuration: line 3: proxy.a: a second time (expected: each key once)");
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> ConfigurationFile.parse("proxy:\n  a: [1, 2\nb: 3\n", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("configuration: line 3: ")
                .hasMessageEndingWith("(expected: a YAML mapping)");
        assertThatThrownBy(() -> ConfigurationFile.parse("- a\n- b\n", Map.of()))
                .hasMessageContaining("not a mapping of keys to values");
        assertThatThrownBy(() -> ConfigurationFile.parse("[a]: 1\n", Map.of()))
                .hasMessageContaining("a key that is not a word");
    }

    @Test
    void fileThatCannotBeReadIsOneSentence() throws IOException {
        var missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> ConfigurationFile.load(missing, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("There is no configuration file " + missing + ".");
        var latin = Files.write(folder.resolve("latin.yaml"), "proxy: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigurationFile.load(latin, Map.of())).hasMessageEndingWith(" is not UTF-8.");
        assertThatThrownBy(() -> ConfigurationFile.load(folder, Map.of())).hasMessageContaining("cannot be read");
    }

    private record DatabaseAndPort(DatabaseSettings database, int port) {}

    private static String database(String password) {
        return """
                database:
                  url: jdbc:postgresql://db/portcullis
                  user: portcullis
                  password: %s
                """.formatted(password);
    }
}
