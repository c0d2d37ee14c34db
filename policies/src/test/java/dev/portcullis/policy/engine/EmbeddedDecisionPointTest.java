package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

@Tag("slow")
class EmbeddedDecisionPointTest {
    private static final String READ_ONLY = """
            rules:
              - id: everyone-reads
                readOnly: true
                message: Write tools are off.
            """;

    @Test
    void nextPolicyIsTriedOutWithWhatWasAskedLately() {
        // Given
        var recent = new RecentInputs(1);
        var policy = EmbeddedDecisionPoint.compile(Inputs.document("rules: []\n"), 1, List.of(), 1, recent);
        var asked = Inputs.call("list_entities", "{\"asked\":\"lately\"}");

        // When
        policy.decide(asked);

        // Then
        assertThat(recent.about(Inputs.document("rules: []\n"))).contains(asked);
        assertThat(recent.about(new PolicyDocument("acme", Map.of(), List.of(), Map.of())))
                .isEmpty();
        var next = Inputs.document("rules: [{id: all, deny: true}]\n");
        assertThat(EmbeddedDecisionPoint.compile(next, 2, List.of(), 1, recent).version())
                .isEqualTo(2);
    }

    @Test
    void policyThatDoesNotAnswerWhatWasAskedLatelyIsNotCompiled() {
        // Given a question that no engine answers
        var recent = new RecentInputs(1);
        recent.answered(Inputs.call("list_entities\ud800", "{}"));
        var document = Inputs.document("rules: []\n");

        // Then
        assertThatThrownBy(() -> EmbeddedDecisionPoint.compile(document, 2, List.of(), 1, recent))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the policy does not answer: ");
        assertThat(EmbeddedDecisionPoint.compile(document, 2, List.of(), 1).version())
                .isEqualTo(2);
    }

    @Test
    void deniedCallNamesRuleRestrictionAndMessage() {
        // Given
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document(READ_ONLY), 7, List.of(), 1);

        // When
        var decision = decisionPoint.decide(Inputs.call("upsert_entity", "{}")).value();

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.policyVersion()).isEqualTo(7);
            assertThat(deny.rules()).containsExactly("everyone-reads");
            assertThat(deny.denials().getFirst().restriction()).isEqualTo("readOnly");
            assertThat(deny.denials().getFirst().message()).contains("Write tools are off.");
        });
    }

    @Test
    void listShowsWhatMayBeCalled() {
        // Given
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document(READ_ONLY), 1, List.of(), 1);

        // When
        var decision = decisionPoint
                .decide(Inputs.ask(Inputs.list(List.of("list_entities", "upsert_entity", "brand_new"))))
                .value();

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> assertThat(allow.visible()).containsExactly("list_entities"));
    }

    @Test
    void unknownRouteIsUndecided() {
        // Given
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document("rules: []\n"), 1, List.of(), 1);
        var input = Inputs.ask(new Question.Connection());
        var elsewhere = new PolicyInput(
                input.exchange(),
                input.organization(),
                input.time(),
                "nowhere",
                input.caller(),
                input.client(),
                input.wishes(),
                input.question());

        // When
        var decision = decisionPoint.decide(elsewhere).value();

        // Then
        assertThat(decision).isInstanceOf(Decision.Undecided.class);
    }

    @Test
    void nameThatIsNotUnicodeIsUndecided() {
        // Given
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document("rules: []\n"), 1, List.of(), 1);

        // When
        var decision =
                decisionPoint.decide(Inputs.call("list_entities\ud800", "{}")).value();

        // Then
        assertThat(decision).isInstanceOf(Decision.Undecided.class);
    }

    @Test
    void evaluatorThatFailedIsReplaced() {
        // Given
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document("rules: []\n"), 1, List.of(), 1);
        var good = Inputs.ask(new Question.Connection());
        var bad = new PolicyInput(
                good.exchange(),
                "\ud800",
                good.time(),
                good.route(),
                good.caller(),
                good.client(),
                good.wishes(),
                good.question());

        // When
        var failed = decisionPoint.decide(bad).value();

        // Then
        assertThat(failed).isInstanceOf(Decision.Undecided.class);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!(decisionPoint.decide(good).value() instanceof Decision.Allow)) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void manyThreadsAskAtOnceAndGetTheirOwnAnswers() throws Exception {
        // Given
        var threads = 4;
        var decisionPoint = EmbeddedDecisionPoint.compile(Inputs.document(READ_ONLY), 1, List.of(), threads);

        // When
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var answers = executor.invokeAll(java.util.stream.IntStream.range(0, 2000)
                    .mapToObj(i -> (Callable<Boolean>) () -> {
                        var tool = i % 2 == 0 ? "list_entities" : "upsert_entity";
                        return decisionPoint.decide(Inputs.call(tool, "{}")).value() instanceof Decision.Allow
                                == (i % 2 == 0);
                    })
                    .toList());

            // Then
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }
}
