package dev.portcullis.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.configuration.ConfigurationFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class ChainSettingsTest {

    @Test
    void withoutAnyKeyItIsAsDocumented() {
        assertThat(read("")).isEqualTo(ChainSettings.defaults());
        assertThat(ChainSettings.defaults().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(ChainSettings.defaults().records()).isEqualTo(10_000);
    }

    @Test
    void everyKeyIsRead() {
        var settings = read("""
            key: /keys/signing.key
            interval: 10s
            records: 500
            anchors: {file: /anchors/a.ndjson, webhook: "https://anchors.example/x?y=1", token: a-token}
            """);

        assertThat(settings.key()).contains(Path.of("/keys/signing.key"));
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.records()).isEqualTo(500);
        assertThat(settings.anchorFile()).contains(Path.of("/anchors/a.ndjson"));
        assertThat(settings.webhook()).contains(URI.create("https://anchors.example/x?y=1"));
        assertThat(settings.webhookToken().orElseThrow().reveal()).isEqualTo("a-token");
    }

    @Test
    void loopbackNeedsNoTls() {
        assertThat(read("anchors: {webhook: \"http://127.0.0.1:9000/a\"}").webhook())
                .isEqualTo(Optional.of(URI.create("http://127.0.0.1:9000/a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval: 10ms",
                "interval: 2h",
                "records: 0",
                "anchors: {webhook: \"http://anchors.example/\"}",
                "anchors: {webhook: \"https://user@anchors.example/\"}",
                "anchors: {webhook: anchors.example}",
                "anchors: {token: a-token}",
                "anchor: {}"
            })
    void wrongValueIsNamedWithWhatIsExpected(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("proxy.audit.chain.");
    }

    private static ChainSettings read(String yaml) {
        var file = """
            database: {url: "jdbc:postgresql://localhost/portcullis", user: p, password: p}
            proxy:
              audit:
                chain:
            """ + (yaml.isEmpty() ? "      {}" : yaml.indent(6));
        return ConfigurationFile.parse(file, Map.of()).read(ProxyConfig::read).chain();
    }
}
