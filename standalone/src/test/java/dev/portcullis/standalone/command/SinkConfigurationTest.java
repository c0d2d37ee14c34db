package dev.portcullis.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.console.sinks.SinkConfiguration;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Otlp;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.SinkSettings.Syslog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SinkConfigurationTest {
    private static final Path EXAMPLE = Path.of("../config/portcullis.yaml");

    /// What is commented out has to be right as well, but for the files, which are somebody else's.
    @Test
    void commentedSinksOfTheExampleAreRead() throws IOException {
        // Given
        var example = Files.readString(EXAMPLE);
        var text = "sinks:" + example.substring(example.indexOf("sinks: {}") + "sinks: {}".length());
        var sinks = text.replaceAll("(?m)^ {4}# ", "  ")
                .replaceAll("(?m)^ *(authorities|certificate|key): .*\n", "")
                .replace("file:/run/secrets/collector-authorization", "Bearer x");

        // When
        var read = read(sinks);

        // Then
        assertThat(read).extracting(SinkSettings::name).containsExactly("siem", "collector");
        assertThat(read.getFirst().receiver()).isInstanceOfSatisfying(Syslog.class, syslog -> {
            assertThat(syslog.place()).isEqualTo("siem.example.com:6514");
            assertThat(syslog.tls()).isPresent();
        });
        assertThat(read.getLast().receiver()).isInstanceOfSatisfying(Otlp.class, otlp -> {
            assertThat(otlp.place()).isEqualTo("https://collector.example.com:4318/v1/logs");
            assertThat(otlp.headers().get("authorization").reveal()).isEqualTo("Bearer x");
        });
        assertThat(read).allSatisfy(sink -> {
            assertThat(sink.from()).isEqualTo(Start.NOW);
            assertThat(sink.only()).isEqualTo(Content.ALL);
            assertThat(sink.arguments()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | siem.type: missing (expected: a text)
            {type: kafka}                                                   | siem.type: kafka (expected: syslog or otlp)
            {type: syslog}                                                  | siem.address: missing (expected: a text)
            {type: syslog, address: siem}                                   | siem.address: siem (expected: host:port
            {type: syslog, address: 'siem:0'}                               | siem.address: siem:0 (expected: host:port
            {type: syslog, address: 'siem:1', transport: udp}               | siem.transport: udp (expected: tls or tcp)
            {type: syslog, address: 'siem:1', certificate: a.pem}           | siem.key: missing (expected: certificate and key
            {type: syslog, address: 'siem:1', authorities: none.pem}        | siem.authorities: none.pem (expected: PEM files that can
            {type: syslog, address: 'siem:1', transport: tcp, key: a.pem}   | siem.key: unknown key
            {type: syslog, address: 'siem:1', from: then}                   | siem.from: then (expected: now or beginning)
            {type: syslog, address: 'siem:1', only: calls}                  | siem.only: calls (expected: all, tool-calls
            {type: syslog, address: 'siem:1', endpoint: 'http://x/'}        | siem.endpoint: unknown key
            {type: otlp, endpoint: 'https://me:secret@collector/v1/logs'}   | siem.endpoint: [secret] (expected: a whole address
            {type: otlp, endpoint: 'https://collector/v1/logs', headers: {'a b': x}}  | headers.a b: [secret] (expected: an HTTP header
            """)
    void whatIsWrongIsNamed(String sink, String message) {
        assertThatThrownBy(() -> read("sinks: {siem: " + sink + "}")).hasMessageContaining(message);
    }

    @Test
    void nameOfASinkIsOneThatCanBeKept() {
        assertThatThrownBy(() -> read("sinks: {Siem: {type: syslog, address: 'siem:1'}}"))
                .hasMessageContaining("sinks.Siem: [secret] (expected: a name of small letters");
    }

    private static List<SinkSettings> read(String sinks) {
        var indented = sinks.indent(2);
        return ConfigurationFile.parse("console:\n" + indented, Map.of())
                .read(file -> SinkConfiguration.read(file.section("console").section("sinks")));
    }
}
