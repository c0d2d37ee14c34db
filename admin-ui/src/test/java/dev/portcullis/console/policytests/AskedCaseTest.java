package dev.portcullis.console.policytests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

class AskedCaseTest {
    private static final PolicyDocument ANY = new PolicyDocument("acme", Map.of(), List.of(), Map.of());
    private static final Decision DENIED =
            new Decision.Deny(1, List.of(new Decision.Denial("freeze", "deny", Optional.empty())), List.of());

    static Stream<Question> questions() {
        return Stream.of(
                new Question.Connection(),
                new Question.Message(Optional.empty()),
                new Question.Message(Optional.of("resources/read"), List.of("file:///a")),
                new Question.Message(Optional.of("prompts/get"), List.of(), Optional.of("review")),
                new Question.ToolCall("tools/call", ListedTool.unseen("peek"), "{\"a\":1.0}"),
                new Question.ToolCall(
                        "tools/call",
                        new ListedTool("peek", Optional.of("sha256:" + "1".repeat(64)), Optional.of(true)),
                        "{}"),
                new Question.ToolList(List.of(ListedTool.unseen("peek"), ListedTool.unseen("poke"))),
                new Question.PromptList(List.of("review")),
                new Question.ResourceList(List.of("file:///a")));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void testAsksWhatWasAsked(Question question) {
        // Given
        var asked = input(new CallerFacts(Optional.of("dana"), "api_key", List.of("ops"), true), question);

        // When
        var test = AskedCase.of("as asked", asked, DENIED, Optional.empty());

        // Then
        var read = test.of(ANY);
        assertThat(read.input())
                .usingRecursiveComparison()
                .ignoringFields("exchange")
                .isEqualTo(asked);
        assertThat(read.expected().differences(DENIED)).isEmpty();
    }

    @Test
    void anonymousCallerStaysAnonymous() {
        var asked = input(CallerFacts.anonymous(), new Question.Connection());

        var test = AskedCase.of("nobody", asked, DENIED, Optional.of("not yet"));

        assertThat(test.of(ANY).input().caller()).isEqualTo(CallerFacts.anonymous());
        assertThat(test.notGating()).hasValue("not yet");
    }

    @Test
    void whatCouldNotBeDecidedIsNoTest() {
        var asked = input(CallerFacts.anonymous(), new Question.Connection());

        assertThatThrownBy(() -> AskedCase.of("lost", asked, new Decision.Undecided(1, "timeout"), Optional.empty()))
                .hasMessageContaining("timeout");
    }

    private static PolicyInput input(CallerFacts caller, Question question) {
        return new PolicyInput(
                UUID.randomUUID(),
                "acme",
                Instant.parse("2026-11-27T10:00:00Z"),
                "port-eu",
                caller,
                new ClientFacts(Optional.of("cursor"), Optional.empty(), InetAddress.ofLiteral("198.51.100.9")),
                new Wishes(true, Optional.of(List.of("deploy", "build"))),
                question);
    }
}
