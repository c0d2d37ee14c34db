package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.proxy.scenario.Fields.filledIn;
import static dev.portcullis.proxy.scenario.Fields.map;
import static dev.portcullis.proxy.scenario.Fields.text;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
    private static final String NO_RULES = "rules: []";
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private static final List<UUID> EXCHANGES = new ArrayList<>();
    private static String published;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        published = policy(NO_RULES);
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
        return Stream.concat(
                Files.walk(root)
                        .filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .flatMap(file -> cases(root, file)),
                Stream.of(DynamicTest.dynamicTest(
                        "each of these exchanges has exactly one record", ScenariosTest::checkTrail)));
    }

    /// Whatever became of them. Records are written in the order in which exchanges end, and the last one's is there.
    private static void checkTrail() {
        assertThat(proxy.sql().select(TOOL_CALLS.ID).from(TOOL_CALLS).fetch(TOOL_CALLS.ID))
                .containsExactlyInAnyOrderElementsOf(EXCHANGES);
    }

    private static Stream<DynamicTest> cases(Path root, Path file) {
        try {
            var load = new Load(LoadSettings.builder().build());
            return ((List<?>) load.loadFromString(Files.readString(file)))
                    .stream()
                            .map(Fields::map)
                            .flatMap(scenario -> ScenarioEra.of(scenario).stream()
                                    .map(era -> DynamicTest.dynamicTest(
                                            root.relativize(file) + ": " + scenario.get("case") + era.suffix(),
                                            file.toUri(),
                                            () -> run(scenario, era))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(Map<String, ?> scenario, ScenarioEra era) throws Exception {
        var given = map(scenario.get("given"));
        var kept = new HashMap<String, String>();

        // Given
        for (var step : Fields.several(scenario.get("before"))) {
            keep(map(step), era, text(given, "policy", NO_RULES), kept);
        }
        publish(text(given, "policy", NO_RULES));
        upstream.answersWith(ScenarioMessages.script(filledIn(given, kept)));

        // When
        var response = exchange(map(scenario.get("when")), era, kept);

        // Then
        var then = era.expected(filledIn(map(scenario.get("then")), kept));
        ScenarioChecks.checkResponse(then, response);
        ScenarioChecks.checkUpstream(then, upstream);
        ScenarioChecks.checkRecord(
                map(then.get("record")),
                proxy.record(response.header("portcullis-exchange").orElseThrow()));
    }

    private static RawMessage exchange(Map<String, ?> when, ScenarioEra era, Map<String, String> kept)
            throws IOException {
        var response = proxy.exchange(ScenarioMessages.request(era.written(filledIn(when, kept)), proxy.port()));
        assertThat(response).as("a response").isNotNull();
        response.header("portcullis-exchange").map(UUID::fromString).ifPresent(EXCHANGES::add);
        return response;
    }

    private static void publish(String rules) {
        var wanted = policy(rules);
        if (!wanted.equals(published)) {
            proxy.publish(wanted);
            published = wanted;
        }
    }

    /// An exchange before the one that is looked at, under the same policy unless it has its own, and
    /// what is kept of its response under a name: `header NAME`, or a JSON Pointer into the body or into
    /// the last event.
    private static void keep(Map<String, ?> step, ScenarioEra era, String rules, Map<String, String> kept)
            throws Exception {
        var given = map(step.get("given"));
        publish(text(given, "policy", rules));
        upstream.answersWith(ScenarioMessages.script(filledIn(given, kept)));
        var response = exchange(map(step.get("when")), era, kept);
        for (var entry : map(step.get("keep")).entrySet()) {
            var source = (String) entry.getValue();
            var value = source.startsWith("header ")
                    ? response.header(source.substring("header ".length())).orElse("")
                    : lastMessage(response).at(source).asString("");
            assertThat(value).as(entry.getKey() + " in " + response).isNotEmpty();
            kept.put(entry.getKey(), value);
        }
    }

    private static JsonNode lastMessage(RawMessage response) {
        var event = response.body().lastIndexOf("data:");
        return JSON.readTree(event < 0 ? response.body() : response.body().substring(event + 5));
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
                """.formatted(upstream.port()) + rules.replace("${upstream}", String.valueOf(upstream.port()));
    }
}
