package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Explanation.RulePart;
import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people are told who ask why a rule did not match.
class WhyNotTest {
    private static final String RULES = """
            rules:
              - id: r
                match: {routes: [other], groups: [admins], callers: ["key:*"], clients: [zed], networks: [10.0.0.0/8],
                  methods: [tools/call], tools: [x], classes: [read], actions: [deploy],
                  arguments: {/a: [1], /b/0: [x]}, time: {days: [sat], zone: Europe/Berlin}}
                except: {groups: [on-call]}
                deny: true
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes    | routes: the rule wants other, the request has port-eu
            groups    | groups: the rule wants admins, the request has developers
            callers   | callers: the rule wants key:*, the request has ada
            clients   | clients: the rule wants zed, the request has cursor
            networks  | networks: the rule wants 10.0.0.0/8, the request has 203.0.113.7
            methods   | methods: the rule wants tools/call, the request has tools/call
            tools     | tools: the rule wants x, the request has run_action
            classes   | classes: the rule wants read, the request has execute
            actions   | actions: the rule wants deploy, the request has restart
            arguments | arguments: the rule wants /a: [1] or /b/0: ["x"], the request has /a: absent or /b/0: {"c":2}
            time      | time: the rule wants {days: [sat], zone: Europe/Berlin}, the request has sun 13:00 Europe/Berlin
            """)
    void callSaysWhatItHas(String key, String words) {
        assertThat(mismatches(
                        Inputs.call("run_action", "{\"actionIdentifier\": \"restart\", \"b\": [{\"c\": 2}]}"), key))
                .containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            methods   | methods: the rule wants tools/call, the request has nothing
            tools     | tools: the rule wants x, the request has nothing
            classes   | classes: the rule wants read, the request has nothing
            actions   | actions: the rule wants deploy, the request has nothing
            arguments | arguments: the rule wants /a: [1] or /b/0: ["x"], the request has /a: no arguments or /b/0: no arguments
            """)
    void connectionHasNothingOfACall(String key, String words) {
        assertThat(mismatches(Inputs.ask(new Question.Connection()), key)).containsExactly(words);
    }

    @Test
    void messageSaysWhatItNames() {
        // Given
        var rules = "rules: [{id: r, match: {prompts: [x], uris: [y], methods: [ping]}, deny: true}]\n";
        var document = Inputs.document(rules);
        var input = Inputs.ask(
                new Question.Message(Optional.of("prompts/get"), List.of("a:b", "a:c"), Optional.of("plan")));

        // When
        var found = new WhyNot(document, RequestSubjects.of(document, input))
                .of(part(List.of("prompts", "uris", "methods"), false));

        // Then
        assertThat(found.stream().map(WhyNot.Mismatch::describe))
                .containsExactly(
                        "prompts: the rule wants x, the request has plan",
                        "uris: the rule wants y, the request has a:b or a:c",
                        "methods: the rule wants ping, the request has prompts/get");
    }

    @Test
    void argumentThatIsLongOrHiddenOrUnreadableIsNotShown() {
        var kept = new KeptArguments(
                "{\"a\": \"[redacted]\"}",
                List.of(new HiddenValue("/a", HiddenValue.Kind.STRING, Optional.empty())),
                HiddenUrls.NONE,
                Map.of(),
                Optional.empty());
        var recorded =
                Inputs.ask(new Question.RecordedCall("tools/call", ListedTool.unseen("x"), kept, Reading.STRICT));

        assertThat(mismatches(recorded, "arguments"))
                .singleElement()
                .satisfies(words -> assertThat(words).endsWith("/a: hidden or /b/0: absent"));
        assertThat(mismatches(Inputs.call("x", "{"), "arguments"))
                .singleElement()
                .satisfies(words -> assertThat(words).endsWith("/a: not readable or /b/0: not readable"));
        assertThat(mismatches(Inputs.call("x", "{\"a\": \"%s\"}".formatted("y".repeat(78))), "arguments"))
                .singleElement()
                .satisfies(words -> assertThat(words).contains("/a: \"" + "y".repeat(78) + "\" or"));
        assertThat(mismatches(Inputs.call("x", "{\"a\": \"%s\"}".formatted("y".repeat(79))), "arguments"))
                .singleElement()
                .satisfies(words -> assertThat(words).contains("/a: \"" + "y".repeat(79) + "… or"));
    }

    @Test
    void exceptionThatDidNotHoldIsExplained() {
        // Given
        var document = Inputs.document(RULES);
        var why = new WhyNot(document, RequestSubjects.of(document, Inputs.call("x", "{}")));

        // Then
        assertThat(why.exception(part(List.of(), false)).stream().map(WhyNot.Mismatch::describe))
                .containsExactly("groups: the rule wants on-call, the request has developers");
        assertThat(why.exception(part(List.of(), true))).isEmpty();
        assertThat(why.exception(part(List.of("tools"), false))).isEmpty();
    }

    @Test
    void ruleThatTheDocumentDoesNotHaveHasNothingToSay() {
        var document = Inputs.document("rules: [{id: other, deny: true}]\n");
        var why = new WhyNot(document, RequestSubjects.of(document, Inputs.call("x", "{}")));

        assertThat(why.of(part(List.of("tools"), false))).isEmpty();
        assertThat(why.exception(part(List.of(), false))).isEmpty();
    }

    @Test
    void toolIsShownAsThePolicySeesIt() {
        var document = Inputs.document("rules: []\n");

        assertThat(RequestSubjects.of(document, Inputs.call("run_action", "{\"actionIdentifier\": \"restart\"}"))
                        .tool())
                .contains(new RequestSubjects.Tool("run_action", "execute", "profile", "new", List.of("restart")));
        assertThat(RequestSubjects.of(document, Inputs.ask(new Question.Connection()))
                        .tool())
                .isEmpty();
    }

    private static List<String> mismatches(PolicyInput input, String key) {
        var document = Inputs.document(RULES);
        return new WhyNot(document, RequestSubjects.of(document, input))
                .of(part(List.of(key), false)).stream()
                        .map(WhyNot.Mismatch::describe)
                        .toList();
    }

    private static RulePart part(List<String> unmatched, boolean excepted) {
        return new RulePart("r", "deny", "enforce", true, unmatched, excepted, false, List.of());
    }
}
