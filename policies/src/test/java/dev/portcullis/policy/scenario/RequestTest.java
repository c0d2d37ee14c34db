package dev.portcullis.policy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the `when` of a case asks.
class RequestTest {

    @Test
    void caseIsAboutTheUsualCallerUnlessItSaysOtherwise() {
        // When
        var input = when("connection: true");

        // Then
        assertThat(input.organization()).isEqualTo("acme");
        assertThat(input.route()).isEqualTo("port-eu");
        assertThat(input.time()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(input.caller())
                .isEqualTo(new CallerFacts(Optional.of("ada"), "api_key", List.of("developers"), true));
        assertThat(input.client().name()).contains("cursor");
        assertThat(input.client().address().getHostAddress()).isEqualTo("203.0.113.7");
        assertThat(input.wishes()).isEqualTo(Wishes.none());
        assertThat(input.question()).isEqualTo(new Question.Connection());
    }

    @Test
    void caseSaysWhoAsks() {
        assertThat(when("connection: true, caller: bob, groups: [a, b], unverified: true")
                        .caller())
                .isEqualTo(new CallerFacts(Optional.of("bob"), "api_key", List.of("a", "b"), false));
        assertThat(when("connection: true, anonymous: true").caller()).isEqualTo(CallerFacts.anonymous());
        assertThat(when("connection: true, client: x").client().name()).contains("x");
        assertThat(when("connection: true, noClient: true").client().name()).isEmpty();
    }

    @Test
    void caseSaysWhenAndFromWhere() {
        assertThat(when("connection: true, time: '2026-01-01T00:00:00Z', route: other"))
                .satisfies(input -> assertThat(input.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z")))
                .satisfies(input -> assertThat(input.route()).isEqualTo("other"));
        assertThat(address("address: 192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(address("mappedAddress: 192.0.2.1")).isEqualTo("0:0:0:0:0:ffff:c000:201");
        assertThat(address("zonedAddress: 'fe80::1'")).isEqualTo("fe80:0:0:0:0:0:0:1%3");
    }

    @Test
    void wishesAreReadAsHeaders() {
        assertThat(when("connection: true, readOnlyHeader: [1], allowedActionsHeader: ['a, b']")
                        .wishes())
                .isEqualTo(new Wishes(true, Optional.of(List.of("a", "b"))));
    }

    @Test
    void everyKindOfQuestionCanBeAsked() {
        assertThat(asked("response: true")).isEqualTo(new Question.Message(Optional.empty()));
        assertThat(asked("message: ping")).isEqualTo(new Question.Message(Optional.of("ping")));
        assertThat(asked("message: resources/read, uris: [a]"))
                .isEqualTo(new Question.Message(Optional.of("resources/read"), List.of("a")));
        assertThat(asked("prompt: plan"))
                .isEqualTo(new Question.Message(Optional.of("prompts/get"), List.of(), Optional.of("plan")));
        assertThat(asked("methods: [ping]")).isEqualTo(new Question.Methods(List.of("ping")));
        assertThat(asked("prompts: [plan]")).isEqualTo(new Question.PromptList(List.of("plan")));
        assertThat(asked("resources: [a]")).isEqualTo(new Question.ResourceList(List.of("a")));
        assertThat(asked("list: [a, b], listed: {b: {readOnlyHint: true}}"))
                .isEqualTo(new Question.ToolList(
                        List.of(ListedTool.unseen("a"), new ListedTool("b", Optional.empty(), Optional.of(true)))));
    }

    @Test
    void callHasItsArgumentsAndItsDefinition() {
        assertThat(asked("call: a")).isEqualTo(new Question.ToolCall("tools/call", ListedTool.unseen("a"), "{}"));
        assertThat(asked("call: a, arguments: {b: [1]}"))
                .isEqualTo(new Question.ToolCall("tools/call", ListedTool.unseen("a"), "{\"b\":[1]}"));
        assertThat(asked("call: a, argumentsJson: '{', listed: {definition: c, readOnlyHint: false}"))
                .isEqualTo(new Question.ToolCall(
                        "tools/call",
                        new ListedTool("a", Optional.of("sha256:" + "c".repeat(64)), Optional.of(false)),
                        "{"));
        assertThat(asked("call: a, listed: {definition: 'sha256:%s'}".formatted("d".repeat(64))))
                .isEqualTo(new Question.ToolCall(
                        "tools/call",
                        new ListedTool("a", Optional.of("sha256:" + "d".repeat(64)), Optional.empty()),
                        "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call: a, list: [b]",
                "call: [a]",
                "call: a, listed: {name: b}",
                "list: [a], listed: [a]",
                "list: a",
                "message: {a: b}",
                "connection: true, address: localhost"
            })
    void questionThatMakesNoSenseIsRefused(String when) {
        assertThatThrownBy(() -> when(when))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("case 1.when");
    }

    @Test
    void fileWithoutAPolicyIsAboutTheStandingOne() {
        // Given
        var standing = Scenario.read(file("connection: true"), Optional.empty()).document();

        // When
        var scenario = Scenario.read("{title: t, cases: []}", Optional.of(standing));

        // Then
        assertThat(scenario.document()).isEqualTo(standing);
        assertThat(scenario.title()).isEqualTo("t");
    }

    @Test
    void wholeDocumentIsNotPutBehindTheUsualRoutes() {
        var scenario = Scenario.read("""
                title: t
                given: {policy: "{apiVersion: portcullis/v1, organization: x, rules: []}"}
                cases: [{when: {connection: true}, then: {denied: []}}]
                """, Optional.empty());

        assertThat(scenario.document().routes()).isEmpty();
        assertThat(scenario.cases()).singleElement().satisfies(one -> {
            assertThat(one.input().organization()).isEqualTo("x");
            assertThat(one.name()).isEqualTo("case 1 {connection=true}");
        });
    }

    @Test
    void routesOfTheFileStandBesideTheUsualOnes() {
        var scenario = Scenario.read("""
                title: t
                given: {policy: "rules: []", routes: "far: {upstream: sandbox}"}
                cases: []
                """, Optional.empty());

        assertThat(scenario.document().routes()).containsOnlyKeys("port-eu", "other", "far");
    }

    private static String address(String when) {
        return when("connection: true, " + when).client().address().getHostAddress();
    }

    private static Question asked(String when) {
        return when(when).question();
    }

    private static PolicyInput when(String when) {
        return Scenario.read(file(when), Optional.empty()).cases().getFirst().input();
    }

    private static String file(String when) {
        return "{title: t, given: {policy: 'rules: []'}, cases: [{when: {%s}, then: {denied: []}}]}".formatted(when);
    }
}
