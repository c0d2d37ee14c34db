package dev.portcullis.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

class SettingsTest {
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    @Test
    void everyKindOfValueIsRead() {
        // Given
        var text = """
                proxy:
                  name: "a: b"
                  count: 7
                  enabled: true
                  pause: 1500ms
                  body: 10MiB
                  listen: "[::1]:8080"
                  hosts: [a.example, "b.example"]
                """;

        // When
        record Read(
                String name,
                int count,
                boolean enabled,
                Duration pause,
                long body,
                InetSocketAddress listen,
                List<String> hosts) {}
        var read = proxy(
                text,
                Map.of(),
                proxy -> new Read(
                        proxy.string("name"),
                        proxy.integer("count", 1, 1, 9),
                        proxy.flag("enabled", false),
                        proxy.duration("pause", Duration.ofSeconds(1)),
                        proxy.size("body", 1),
                        proxy.address("listen", SOMEWHERE),
                        proxy.list("hosts")));

        // Then
        assertThat(read)
                .isEqualTo(new Read(
                        "a: b",
                        7,
                        true,
                        Duration.ofMillis(1500),
                        10 * 1024 * 1024,
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 8080),
                        List.of("a.example", "b.example")));
    }

    @Test
    void defaultsStandInForWhatIsNotThere() {
        assertThatReading("proxy: {count: }", Map.of(), proxy -> proxy.integer("count", 5, 1, 9))
                .isEqualTo(5);
        assertThatReading("proxy:", Map.of(), proxy -> proxy.string("name", "none"))
                .isEqualTo("none");
        assertThatReading("", Map.of(), proxy -> proxy.list("hosts", List.of("*")))
                .isEqualTo(List.of("*"));
        assertThatReading("", Map.of(), proxy -> proxy.optionalString("name")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "PT1M30S,PT1M30S"})
    void durationsHaveUnits(String text, Duration expected) {
        assertThatReading("proxy: {pause: " + text + "}", Map.of(), proxy -> proxy.duration("pause", Duration.ZERO))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0s", "-1s", "5 weeks", "PT0S", "999999999999999d"})
    void durationWithoutUnitOrAboveZeroIsRefused(String text) {
        assertThatThrownBy(() -> proxy(
                        "proxy: {pause: " + text + "}", Map.of(), proxy -> proxy.duration("pause", Duration.ZERO)))
                .hasMessageContaining("line 1: proxy.pause: " + text + " (expected: > 0, as a duration such as");
    }

    @ParameterizedTest
    @CsvSource({"4096,4096", "1KiB,1024", "10 MiB,10485760", "1GiB,1073741824", "2kB,2000", "3mb,3000000"})
    void sizesHaveUnits(String text, long expected) {
        assertThatReading("proxy: {body: " + text + "}", Map.of(), proxy -> proxy.size("body", 1))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1.5MiB", "MiB", "10 apples", "999999999999999GiB"})
    void sizeThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> proxy("proxy: {body: " + text + "}", Map.of(), proxy -> proxy.size("body", 1)))
                .hasMessageContaining("proxy.body: " + text + " (expected: > 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "127.0.0.1", "127.0.0.1:70000", "::1:8080", "no.such.host.invalid:1", "a b:1"})
    void addressThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() ->
                        proxy("proxy: {listen: '" + text + "'}", Map.of(), proxy -> proxy.address("listen", SOMEWHERE)))
                .hasMessageContaining("proxy.listen: " + text + " (expected: host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "1", "truthy"})
    void flagIsTrueOrFalseOnly(String text) {
        assertThatThrownBy(() -> proxy("proxy: {on: " + text + "}", Map.of(), proxy -> proxy.flag("on", false)))
                .hasMessageContaining("(expected: true or false)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "3.5", "three", "99999999999"})
    void numberOutsideItsRangeIsRefused(String text) {
        assertThatThrownBy(
                        () -> proxy("proxy: {count: " + text + "}", Map.of(), proxy -> proxy.integer("count", 1, 1, 9)))
                .hasMessageContaining("proxy.count: " + text + " (expected: a whole number from 1 to 9)");
    }

    @Test
    void environmentOverridesTheFile() {
        // Given
        var environment = Map.of(
                "PORTCULLIS_PROXY_COUNT", "9", "PORTCULLIS_PROXY_PUBLIC_HOSTS", "a.example, b.example,", "OTHER", "x");

        // When, Then
        assertThatReading("proxy: {count: 2}", environment, proxy -> proxy.integer("count", 1, 1, 9))
                .isEqualTo(9);
        assertThatReading("proxy: {publicHosts: [c]}", environment, proxy -> proxy.list("publicHosts"))
                .isEqualTo(List.of("a.example", "b.example"));
    }

    @Test
    void environmentOverridesAKeyInASectionThatIsNotThere() {
        assertThatReading(
                        "",
                        Map.of("PORTCULLIS_PROXY_LIMITS_IDLE_TIMEOUT", "3s"),
                        proxy -> proxy.section("limits").duration("idleTimeout", Duration.ofSeconds(9)))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void wrongOverrideNamesItsVariable() {
        assertThatThrownBy(() -> proxy(
                        "proxy: {count: 2}",
                        Map.of("PORTCULLIS_PROXY_COUNT", "tcp://10.0.0.1"),
                        proxy -> proxy.integer("count", 1, 1, 9)))
                .hasMessageContaining("environment variable PORTCULLIS_PROXY_COUNT: proxy.count: tcp://10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${NAME}|Ada",
                "hello ${NAME}!|hello Ada!",
                "${NONE:-nobody}|nobody",
                "${EMPTY:-nobody}|nobody",
                "${NAME:-nobody}|Ada",
                "${NONE:-}x|x",
                "$${NAME}|${NAME}",
                "${TRICKY}|${NAME}$1",
                "a $ and a {|a $ and a {"
            })
    void placeholdersAreReplaced(String text, String expected) {
        var environment = Map.of("NAME", "Ada", "EMPTY", "", "TRICKY", "${NAME}$1");
        assertThatReading("proxy: {name: '" + text + "'}", environment, proxy -> proxy.string("name"))
                .isEqualTo(expected);
    }

    @Test
    void placeholderOfAnUnsetVariableIsRefused() {
        assertThatThrownBy(() -> proxy("proxy:\n  name: a ${NONE}", Map.of(), proxy -> proxy.string("name")))
                .hasMessage("configuration: line 2: proxy.name: ${NONE}"
                        + " (expected: the environment variable NONE to be set)");
    }

    @Test
    void brokenPlaceholderIsRefused() {
        assertThatThrownBy(() -> proxy("proxy: {name: '${9}'}", Map.of(), proxy -> proxy.string("name")))
                .hasMessageContaining("(expected: ${NAME} or ${NAME:-default}; $${ for a plain ${)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy: {}", "proxy: {name: ''}", "proxy: {name: '${NONE:-}'}", "proxy: {name: ~}", ""})
    void requiredValueMustBeThere(String text) {
        assertThatThrownBy(() -> proxy(text, Map.of(), proxy -> proxy.string("name")))
                .hasMessageContaining("proxy.name: missing (expected: a text)");
    }

    @Test
    void valueOfTheWrongShapeIsRefused() {
        assertThatThrownBy(() -> proxy("proxy: {count: [1, 2]}", Map.of(), proxy -> proxy.integer("count", 1, 1, 9)))
                .hasMessageContaining("proxy.count: a list or a section (expected: one value)");
        assertThatThrownBy(() -> proxy("proxy: 5", Map.of(), proxy -> proxy.integer("count", 1, 1, 9)))
                .hasMessageContaining("proxy: a single value or a list (expected: a section with keys)");
    }

    @Test
    void callerRejectsWhatOnlyItCanJudge() {
        assertThatThrownBy(() -> proxy("proxy:\n  name: x", Map.of(), proxy -> {
                    proxy.reject("name", "two letters");
                    return proxy.string("name");
                }))
                .hasMessage("configuration: line 2: proxy.name: x (expected: two letters)");
    }

    private static <T> ObjectAssert<T> assertThatReading(
            String text, Map<String, String> environment, Function<Settings, T> reader) {
        return new ObjectAssert<>(proxy(text, environment, reader));
    }

    private static <T> T proxy(String text, Map<String, String> environment, Function<Settings, T> reader) {
        return ConfigurationFile.parse(text, environment).read(settings -> reader.apply(settings.section("proxy")));
    }
}
