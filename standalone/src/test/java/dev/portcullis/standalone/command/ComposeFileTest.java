package dev.portcullis.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.Settings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.config.ProxyConfig;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What `docker-compose.yml` sets is understood, and what must outlive a container is in a volume.
class ComposeFileTest {
    private static final Path EXAMPLE = Path.of("../config/portcullis.yaml");
    private static final String WITH_DEFAULT = "\\$\\{[A-Z_]+:-([^}]*)}";
    private static final Path KEPT = Path.of("/var/lib/portcullis");

    @Test
    void proxyKeepsItsJournalAndItsKey() throws IOException {
        // When
        var config = read("proxy", ProxyConfig::read);

        // Then
        assertThat(config.chain().key()).contains(KEPT.resolve("audit-signing.key"));
        assertThat(config.audit().durability())
                .isInstanceOfSatisfying(
                        Durability.Journal.class,
                        journal -> assertThat(journal.directory()).startsWithRaw(KEPT));
        assertThat(volumes("proxy")).containsOnlyOnce("proxy-1:" + KEPT);
    }

    @Test
    void consoleKeepsItsKey() throws IOException {
        // When
        var settings = read("console", ConsoleConfiguration::read);

        // Then
        assertThat(settings.trail().signingKey()).contains(KEPT.resolve("audit-signing.key"));
        assertThat(volumes("console")).containsOnlyOnce("console:" + KEPT);
        assertThat(map(compose().get("volumes"))).containsKeys("console", "proxy-1");
    }

    private static <T> T read(String service, Function<Settings, T> reader) throws IOException {
        var environment = new HashMap<String, String>();
        map(service(service).get("environment")).forEach((name, value) -> {
            if (value instanceof String text) {
                environment.put(name, text.replaceAll(WITH_DEFAULT, "$1"));
            }
        });
        return ConfigurationFile.load(EXAMPLE, environment).read(reader);
    }

    private static List<String> volumes(String service) throws IOException {
        return ((List<?>) service(service).get("volumes"))
                .stream().map(String::valueOf).toList();
    }

    private static Map<String, ?> service(String name) throws IOException {
        return map(map(compose().get("services")).get(name));
    }

    private static Map<String, ?> compose() throws IOException {
        var load = new Load(LoadSettings.builder().build());
        return map(load.loadFromString(Files.readString(Path.of("../docker-compose.yml"))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Object value) {
        return (Map<String, ?>) value;
    }
}
