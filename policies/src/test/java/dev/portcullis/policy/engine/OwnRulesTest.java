package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.CompiledRego;
import dev.portcullis.policy.rego.TestOpa;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Tag("slow")
class OwnRulesTest {
    private static final Duration BUDGET = Duration.ofMillis(50);
    private static final String MODULE = """
            package portcullis.custom

            deny contains {"rule": "no-production", "message": "Not there."} if {
                input.arguments.environment == "production"
            }

            deny contains {"rule": "no-deleting", "message": "Nothing is deleted."} if {
                startswith(input.tool.name, "delete_")
            }

            deny contains {"rule": "no-sampling", "message": "No."} if input.method == "sampling/createMessage"

            deny contains {"rule": 7} if input.tool.name == "unnamed"

            deny contains {"rule": "slow"} if {
                input.tool.name == "slow"
                n := numbers.range(1, 300)
                count({[a, b, c, d] | some a in n; some b in n; some c in n; some d in n; a + b + c + d == 1}) > 0
            }
            """;
    private static final PolicyDocument DOCUMENT = Inputs.document("rules: [{id: no-x, deniedTools: [x, delete_x]}]\n");
    private static Optional<OwnRules> loaded = Optional.empty();

    @BeforeAll
    static void load() {
        var own = OwnRules.load(TestOpa.compile(MODULE), BUDGET, 2);
        own.warmUp(DOCUMENT);
        loaded = Optional.of(own);
    }

    @Test
    void whatTheModulesRefuseIsDenied() {
        var decision = decide(Inputs.call("upsert_entity", "{\"environment\": \"production\"}"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.denials())
                                .containsExactly(new Decision.Denial(
                                        "custom:no-production", "custom", Optional.of("Not there."))));
    }

    @Test
    void whatTheyAreSilentAboutIsAllowed() {
        assertThat(decide(Inputs.call("upsert_entity", "{}"))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void denialsOfBothAreNamed() {
        assertThat(rules(decide(Inputs.call("delete_x", "{}")))).containsExactly("no-x", "custom:no-deleting");
    }

    @Test
    void whatThePolicyDeniesStaysDenied() {
        assertThat(rules(decide(Inputs.call("x", "{}")))).containsExactly("no-x");
    }

    @Test
    void denialWithoutItsFormRefusesAllTheSame() {
        assertThat(rules(decide(Inputs.call("unnamed", "{}")))).containsExactly("custom:unnamed");
    }

    @Test
    void listsHideWhatTheyRefuse() {
        var tools = decide(Inputs.ask(Inputs.list(List.of("delete_y", "list_entities", "x"))));
        var methods = decide(Inputs.ask(new Question.Methods(List.of("sampling/createMessage", "roots/list"))));

        assertThat(((Decision.Allow) tools).visible()).isEqualTo(Set.of("list_entities"));
        assertThat(((Decision.Allow) methods).visible()).isEqualTo(Set.of("roots/list"));
    }

    @Test
    void explanationNamesTheirDenials() {
        var policy = EmbeddedDecisionPoint.compile(DOCUMENT, 3, List.of(), 1);
        var input = Inputs.call("delete_y", "{}");

        var explanation = new TightenedDecisionPoint(policy, loaded.orElseThrow(), DOCUMENT)
                .tighten(policy.explain(input), input);

        assertThat(rules(explanation.decision())).containsExactly("custom:no-deleting");
        assertThat(explanation.rules()).hasSize(1);
    }

    @Test
    void evaluationOverItsBudgetIsStoppedAndUndecided() {
        // Given
        var start = System.nanoTime();

        // When
        var decision = decide(Inputs.call("slow", "{}"));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("took longer"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(20).toNanos());
        assertThat(decide(Inputs.call("upsert_entity", "{}"))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void modulesOverTheirBudgetAreFoundOut() {
        var own = loaded.orElseThrow();

        assertThat(own.overBudget(DOCUMENT, List.of())).isEmpty();
        assertThat(own.overBudget(DOCUMENT, List.of(Inputs.call("slow", "{}"))).orElseThrow())
                .startsWith("a question about ToolCall of route port-eu: ");
    }

    @Test
    void argumentsThatAreNoJsonAreUndecided() {
        for (var arguments : List.of("{} , \"caller\": {}", "{\"a\":1,\"a\":2}", "{", "", "{\"a\":\"\\ud800\"}")) {
            assertThat(decide(Inputs.call("upsert_entity", arguments))).isInstanceOf(Decision.Undecided.class);
        }
    }

    @Test
    void programsOfOtherKindsAreRefused() throws IOException {
        var policy = OwnRules.class.getResourceAsStream("policy.wasm").readAllBytes();

        assertThatThrownBy(() -> OwnRules.load(new CompiledRego(policy), BUDGET, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry points");
        assertThatThrownBy(() -> OwnRules.load(new CompiledRego("nothing".getBytes(StandardCharsets.UTF_8)), BUDGET, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("compiled modules");
    }

    private static Decision decide(PolicyInput input) {
        var policy = EmbeddedDecisionPoint.compile(DOCUMENT, 3, List.of(), 1);
        return new TightenedDecisionPoint(policy, loaded.orElseThrow(), DOCUMENT)
                .decideHere(input)
                .orElseThrow();
    }

    private static List<String> rules(Decision decision) {
        return decision instanceof Decision.Deny deny ? deny.rules() : List.of();
    }
}
