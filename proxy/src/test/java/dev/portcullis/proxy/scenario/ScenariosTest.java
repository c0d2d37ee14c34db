package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Runs every file of `scenarios/`: given a policy and an upstream, when a request comes, then this is
/// answered, sent upstream, and recorded. A reader who knows MCP and no Java can review them.
class ScenariosTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Limits LIMITS = new Limits(
            64 * 1024,
            8 * 1024,
            64,
            64 * 1024,
            64 * 1024,
            Limits.defaults().idle(),
            java.time.Duration.ofSeconds(1),
            1000);
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private static String published;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        published = policy("rules: []");
        proxy = new ProxyUnderTest(published, LIMITS, Set.of("127.0.0.1:" + upstream.port(), "127.0.0.1:1"));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException, URISyntaxException {
        var root = Path.of(Objects.requireNonNull(ScenariosTest.class.getResource("/scenarios"))
                .toURI());
        return Files.walk(root)
                .filter(file -> file.toString().endsWith(".yaml"))
                .sorted()
                .flatMap(file -> cases(root, file));
    }

    private static Stream<DynamicTest> cases(Path root, Path file) {
        try {
            var load = new Load(LoadSettings.builder().build());
            return ((List<?>) load.loadFromString(Files.readString(file)))
                    .stream()
                            .map(ScenariosTest::map)
                            .map(scenario -> DynamicTest.dynamicTest(
                                    root.relativize(file) + ": " + scenario.get("case"),
                                    file.toUri(),
                                    () -> run(scenario)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(Map<String, ?> scenario) throws Exception {
        var given = map(scenario.get("given"));
        var then = map(scenario.get("then"));

        // Given
        var wanted = policy(text(given, "policy", "rules: []"));
        if (!wanted.equals(published)) {
            proxy.publish(wanted);
            published = wanted;
        }
        upstream.answersWith(script(given));

        // When
        var response = proxy.exchange(request(map(scenario.get("when"))));

        // Then
        assertThat(response).as("a response").isNotNull();
        checkResponse(then, response);
        checkUpstream(then);
        checkRecord(then, response);
    }

    private static void checkResponse(Map<String, ?> then, RawMessage response) throws Exception {
        assertThat(response.status()).as("status, body " + response.body()).isEqualTo(then.get("status"));
        for (var header : map(then.get("headers")).entrySet()) {
            assertThat(response.header(header.getKey()))
                    .as(header.getKey())
                    .contains(String.valueOf(header.getValue()));
        }
        if (then.containsKey("body")) {
            assertThat(response.complete()).isTrue();
            assertContains(JSON.readTree(response.body()), JSON.valueToTree(then.get("body")), "body");
        }
        if (then.containsKey("text")) {
            assertThat(response.body()).isEqualTo(then.get("text"));
        }
        if (then.containsKey("contains")) {
            assertThat(response.body()).contains((String) then.get("contains"));
        }
        if (then.containsKey("lacks")) {
            assertThat(response.body()).doesNotContain((String) then.get("lacks"));
        }
        if (then.containsKey("complete")) {
            assertThat(response.complete()).isEqualTo(then.get("complete"));
        }
        assertThat(response.header("portcullis-exchange")).isPresent();
        if (then.get("body") instanceof Map<?, ?>) {
            assertThat(response.body()).as("an error never has the id null").doesNotContain("\"id\":null");
        }
    }

    private static void checkUpstream(Map<String, ?> then) {
        if ("untouched".equals(then.get("upstream"))) {
            assertThat(upstream.received()).isEmpty();
        } else if (then.containsKey("upstream")) {
            var expected = map(then.get("upstream"));
            assertThat(upstream.received()).hasSize(1);
            var received = upstream.received().getFirst();
            if (expected.containsKey("start")) {
                assertThat(received.startLine()).isEqualTo(expected.get("start"));
            }
            if (expected.containsKey("body")) {
                assertThat(received.body()).isEqualTo(expected.get("body"));
            }
            for (var header : map(expected.get("headers")).entrySet()) {
                if (header.getValue() == null) {
                    assertThat(received.header(header.getKey()))
                            .as(header.getKey())
                            .isEmpty();
                } else {
                    assertThat(received.header(header.getKey()))
                            .as(header.getKey())
                            .contains(String.valueOf(header.getValue()));
                }
            }
        }
    }

    private static void checkRecord(Map<String, ?> then, RawMessage response) {
        var record = proxy.record(response.header("portcullis-exchange").orElseThrow());
        for (var column : map(then.get("record")).entrySet()) {
            var actual = record.get(column.getKey());
            var shown = actual instanceof Object[] array ? List.of(array) : actual;
            if (column.getValue() == null) {
                assertThat(shown).as(column.getKey()).isNull();
            } else if (column.getValue() instanceof List<?> list) {
                assertThat(shown).as(column.getKey()).isEqualTo(list);
            } else {
                assertThat(String.valueOf(shown)).as(column.getKey()).isEqualTo(String.valueOf(column.getValue()));
            }
        }
    }

    private static void assertContains(JsonNode actual, JsonNode expected, String path) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(property -> assertContains(
                            actual.path(property.getKey()), property.getValue(), path + "/" + property.getKey()));
        } else if (expected.isString() && expected.asString().startsWith("~")) {
            assertThat(actual.asString(""))
                    .as(path)
                    .contains(expected.asString().substring(1));
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }

    private static String policy(String rules) {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: "http://127.0.0.1:%1$d/v1", profile: port, authentication: open}
                  plain: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: open}
                  passing: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: passthrough}
                  down: {upstream: "http://127.0.0.1:1/mcp", authentication: open}
                  forbidden: {upstream: "http://localhost:1/mcp", authentication: open}
                  boxed: {upstream: sandbox, authentication: open}
                """.formatted(upstream.port()) + rules;
    }

    private static ScriptedUpstream.Script script(Map<String, ?> given) {
        var answer = map(given.get("upstream"));
        if (answer.containsKey("raw")) {
            return new ScriptedUpstream.Script(
                    ((String) answer.get("raw")).replace("\n", "\r\n"), !Boolean.FALSE.equals(answer.get("close")));
        }
        var body = text(answer, "body", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        var headers = new StringBuilder("HTTP/1.1 " + text(answer, "status", "200") + " Some\r\n");
        if (!map(answer.get("headers")).containsKey("Content-Type")) {
            headers.append("Content-Type: application/json\r\n");
        }
        map(answer.get("headers"))
                .forEach((name, value) ->
                        headers.append(name).append(": ").append(value).append("\r\n"));
        return new ScriptedUpstream.Script(
                headers + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body, false);
    }

    private static String request(Map<String, ?> when) {
        if (when.containsKey("raw")) {
            return ((String) when.get("raw")).replace("\n", "\r\n");
        }
        var body = text(when, "body", "");
        if (when.containsKey("bodyBytes")) {
            body = " ".repeat((Integer) when.get("bodyBytes"));
        }
        if (when.containsKey("bodyDepth")) {
            body = "[".repeat((Integer) when.get("bodyDepth"));
        }
        var method = text(when, "method", "POST");
        var given = map(when.get("headers"));
        var head = new StringBuilder(method + " " + text(when, "path", "/mcp/port-eu") + " HTTP/1.1\r\n");
        if (!given.containsKey("Host")) {
            head.append("Host: localhost:").append(proxy.port()).append("\r\n");
        }
        if (method.equals("POST")) {
            if (!given.containsKey("Content-Type")) {
                head.append("Content-Type: application/json\r\n");
            }
            head.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        if (!given.containsKey("Accept")) {
            head.append("Accept: application/json, text/event-stream\r\n");
        }
        given.forEach((name, value) -> {
            for (var one : value instanceof List<?> several ? several : List.of(String.valueOf(value))) {
                head.append(name).append(": ").append(one).append("\r\n");
            }
        });
        return head + "\r\n" + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String text(Map<String, ?> map, String key, String otherwise) {
        return map.containsKey(key) ? String.valueOf(map.get(key)) : otherwise;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(Object value) {
        return value == null ? Map.of() : (Map<String, ?>) value;
    }
}
