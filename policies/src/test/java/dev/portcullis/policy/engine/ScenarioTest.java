package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.PolicyInput;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every file under `scenarios/`: what the embedded engine decides, that a real OPA server decides the
/// very same, and that the explanation agrees with the decision.
@Tag("slow")
class ScenarioTest {
    private static final Optional<OpaServer> OPA = OpaServer.startIfAvailable();
    private static final Optional<OpaClient> CLIENT = OPA.map(ScenarioTest::client);
    private static final JsonMapper JSON = JsonMapper.shared();

    @AfterAll
    static void stop() {
        CLIENT.ifPresent(OpaClient::close);
        OPA.ifPresent(OpaServer::close);
    }

    @TestFactory
    Stream<DynamicNode> scenarios() throws IOException, URISyntaxException {
        var root = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> container(root.relativize(file).toString(), Scenario.read(file)));
        }
    }

    private static DynamicNode container(String name, Scenario scenario) {
        var decisionPoint = EmbeddedDecisionPoint.compile(scenario.document(), 3, scenario.kills(), 1);
        var data = PublishedData.write(scenario.document(), 3, scenario.kills());
        var evaluator = CompiledPolicy.shipped().evaluator(data);
        var inputs = new InputWriter(scenario.document());
        return dynamicContainer(
                name + ": " + scenario.title(),
                scenario.cases().stream()
                        .map(one -> dynamicTest(one.name(), () -> {
                            // When
                            var decision = decisionPoint.decide(one.input()).value();
                            var explanation = decisionPoint.explain(one.input());

                            // Then
                            expect(one.then(), decision);
                            assertThat(explanation.decision()).isEqualTo(decision);
                            var refusing = explanation.rules().stream()
                                    .filter(rule ->
                                            rule.refuses() && rule.mode().equals("enforce"))
                                    .map(rule -> rule.rule())
                                    .toList();
                            assertThat(rules(decision).stream().filter(rule -> !rule.contains(":")))
                                    .containsExactlyElementsOf(refusing);
                            if (CLIENT.isPresent()) {
                                OPA.orElseThrow().publish(data);
                                expectSame(
                                        OpaDecisionPoint.of(CLIENT.get(), scenario.document(), 3, scenario.kills(), 1),
                                        one.input(),
                                        decision,
                                        explanation);
                            }
                            if (OPA.isPresent()) {
                                var input = inputs.write(one.input());
                                for (var entrypoint : Evaluator.Entrypoint.values()) {
                                    assertThat(unordered(OPA.get().evaluate(entrypoint, data, input)))
                                            .isEqualTo(unordered(JSON.readTree(evaluator.evaluate(entrypoint, input))
                                                    .get(0)
                                                    .get("result")));
                                }
                            }
                        })));
    }

    /// Both engines decide alike. Kills are found before the server is asked, which then has no part in it.
    private static void expectSame(
            OpaDecisionPoint remote, PolicyInput input, Decision decision, Explanation explanation) {
        var kills = rules(decision).stream()
                .filter(rule -> rule.startsWith("kill:"))
                .toList();
        var decided = remote.decide(input).stage().toCompletableFuture().join();
        if (decided instanceof Decision.Undecided undecided
                && undecided.reason().contains("cannot be read")) {
            // Arguments that are no JSON, which the gateway's reader never lets through, have no place in the
            // question to a server: it refuses what the other one denies.
            assertThat(decision).isInstanceOf(Decision.Deny.class);
            return;
        }
        if (kills.isEmpty()) {
            assertThat(decided).isEqualTo(decision);
            assertThat(remote.decideHere(input)).isEmpty();
        } else {
            assertThat(rules(decided)).isEqualTo(kills);
            assertThat(remote.decideHere(input)).contains(decided);
        }
        var explained = remote.explain(input).stage().toCompletableFuture().join();
        assertThat(explained.decision()).isEqualTo(decided);
        assertThat(explained.rules()).hasSameSizeAs(explanation.rules());
    }

    private static OpaClient client(OpaServer server) {
        return new OpaClient(
                new OpaSettings(server.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(10), 4, 1 << 20),
                (outcome, took) -> {});
    }

    /// The keys that do not match come in the engine's own order.
    private static JsonNode unordered(JsonNode answer) {
        for (var rule : answer.path("rules")) {
            var keys = JSON.convertValue(rule.get("unmatched"), String[].class);
            ((tools.jackson.databind.node.ObjectNode) rule)
                    .set("unmatched", JSON.valueToTree(Stream.of(keys).sorted().toList()));
        }
        return answer;
    }

    private static List<String> rules(Decision decision) {
        return decision instanceof Decision.Deny deny ? deny.rules() : List.of();
    }

    static void expect(Map<?, ?> then, Decision decision) {
        assertThat(then).isNotEmpty();
        then.forEach((key, expected) -> {
            switch (String.valueOf(key)) {
                case "allowed" -> assertThat(decision).isInstanceOf(Decision.Allow.class);
                case "denied" ->
                    assertThat(((Decision.Deny) decision).rules()).containsExactlyElementsOf(Scenario.texts(expected));
                case "restrictions" ->
                    assertThat(((Decision.Deny) decision).denials().stream().map(Denial::restriction))
                            .containsExactlyElementsOf(Scenario.texts(expected));
                case "observed" ->
                    assertThat(decision.observed().stream().map(Denial::rule))
                            .containsExactlyElementsOf(Scenario.texts(expected));
                case "visible" ->
                    assertThat(((Decision.Allow) decision).visible()).isEqualTo(Set.copyOf(Scenario.texts(expected)));
                case "limits" ->
                    assertThat(((Decision.Allow) decision)
                                    .obligations().limits().stream().map(limit -> limit.rule() + ":" + limit.mode()))
                            .containsExactlyElementsOf(Scenario.texts(expected));
                case "redact" ->
                    assertThat(keeping(decision).hidings().stream()
                                    .map(hiding ->
                                            hiding.rule() + ":" + hiding.keep().wireName()))
                            .containsExactlyElementsOf(Scenario.texts(expected));
                case "results" ->
                    assertThat(keeping(decision).resultBytes().stream().mapToObj(bytes -> "up to " + bytes))
                            .containsExactlyElementsOf(Scenario.texts(expected));
                case "upstream" -> expectUpstream(Scenario.map(expected), (Decision.Allow) decision);
                default -> throw new AssertionError("unknown expectation: " + key);
            }
        });
    }

    private static Keeping keeping(Decision decision) {
        return decision instanceof Decision.Deny deny
                ? deny.keeping().orElseThrow()
                : ((Decision.Allow) decision).obligations().keeping();
    }

    private static void expectUpstream(Map<?, ?> expected, Decision.Allow decision) {
        var obligations = decision.obligations();
        assertThat(obligations.upstreamReadOnly().map(on -> on ? "1" : "0"))
                .isEqualTo(Optional.ofNullable(expected.get("readOnly")).map(String::valueOf));
        assertThat(obligations.upstreamAllowedActions().map(actions -> String.join(",", actions)))
                .isEqualTo(Optional.ofNullable(expected.get("allowedActions")).map(String::valueOf));
    }
}
