package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.engine.Questions.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.List;

/// Which questions a rule is put to, and where the published data has it.
class QuestionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deny: true                                          | CONNECTION MESSAGE CALL
            readOnly: true                                      | CONNECTION MESSAGE CALL
            allowedActions: [x]                                 | CONNECTION MESSAGE CALL
            allowedNetworks: [10.0.0.0/8]                       | CONNECTION MESSAGE CALL
            allowedDomains: [x.org]                             | CONNECTION MESSAGE CALL
            blockedDomains: [x.org]                             | CONNECTION MESSAGE CALL
            allowedTools: [x]                                   | CALL
            deniedTools: [x]                                    | CALL
            pinnedTools: true                                   | CALL
            limit: {calls: 1, per: day, by: caller}             | CALL
            deny: true, match: {groups: [x], callers: [y], routes: [port-eu], networks: [10.0.0.0/8], time: {days: [sat]}} | CONNECTION MESSAGE CALL
            deny: true, match: {clients: [x]}                   | MESSAGE CALL
            deny: true, match: {methods: [ping]}                | MESSAGE CALL
            deny: true, match: {tools: [x]}                     | CALL
            deny: true, match: {classes: [read]}                | CALL
            deny: true, match: {actions: [x]}                   | CALL
            deny: true, match: {arguments: {/a: [1]}}           | CALL
            deny: true, match: {prompts: [x]}                   | MESSAGE
            deny: true, match: {uris: [x]}                      | MESSAGE
            deny: true, match: {groups: []}                     | ''
            deny: true, match: {time: {days: []}}               | CONNECTION MESSAGE CALL
            deny: true, except: {groups: [x]}                   | CONNECTION MESSAGE CALL
            deny: true, except: {tools: [x]}                    | MESSAGE CALL
            """)
    void ruleIsPutToTheQuestionsItCanAnswer(String rule, String kinds) {
        // Given
        var document = Inputs.document("rules: [{id: r, %s}]\n".formatted(rule));

        // Then
        assertThat(Questions.putTo(document.rules().getFirst()))
                .isEqualTo(Arrays.stream(kinds.split(" "))
                        .filter(kind -> !kind.isEmpty())
                        .map(Kind::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'allowedActions: [x]', true",
        "'deny: true, match: {actions: [x]}', true",
        "'deny: true, except: {actions: [x]}', true",
        "'deny: true, except: {tools: [x]}', false",
        "'deny: true', false"
    })
    void ruleSaysWhetherActionsMatterToIt(String rule, boolean matter) {
        var document = Inputs.document("rules: [{id: r, %s}]\n".formatted(rule));

        assertThat(Questions.areAboutActions(document.rules().getFirst())).isEqualTo(matter);
    }

    @Test
    void ruleStandsUnderItsRarestExactName() {
        // When
        var calls = published("""
                rules:
                  - {id: a, match: {tools: [t], groups: [g]}, deny: true}
                  - {id: b, match: {tools: [t], groups: [h, h]}, deny: true}
                  - {id: c, match: {tools: ["t*"], groups: [g]}, deny: true}
                  - {id: d, match: {tools: ["t*"]}, deny: true}
                  - {id: e, match: {routes: [other], tools: [u]}, deny: true}
                """).get("routes").get("port-eu").get("call");

        // Then
        assertThat(calls).isEqualTo(JsonMapper.shared().readTree("""
                        {"tools": {"t": [0]}, "groups": {"h": [1], "g": [2]}, "rest": [3]}"""));
    }

    @Test
    void patternsAreInTheirCheapestForm() {
        // When
        var tools = published("rules: [{id: r, deniedTools: [a, a, 'b*c', '*d*', 'e*f.g*', 'h*i*j', '*k*l*']}]\n")
                .get("rules")
                .get(0)
                .get("values");

        // Then
        assertThat(tools).isEqualTo(JsonMapper.shared().readTree("""
                        {"exact": {"a": true}, "affixes": [{"prefix": "b", "suffix": "c", "length": 2}],
                         "inside": ["d"],
                         "patterns": ["^(?s:e.*f\\\\.g.*)$", "^(?s:h.*i.*j)$", "^(?s:.*k.*l.*)$"]}"""));
    }

    @Test
    void clientIsNoException() {
        var rule = published("rules: [{id: r, match: {clients: [x]}, except: {clients: [y]}, deny: true}]\n")
                .get("rules")
                .get(0);

        assertThat(List.copyOf(
                        rule.get("match").get("who").get("clients").get("exact").propertyNames()))
                .containsExactly("x");
        assertThat(rule.get("except").get("who").get("clients").get("exact")).isEmpty();
        assertThat(rule.get("exceptsTools").asBoolean()).isFalse();
    }

    private static JsonNode published(String rules) {
        return JsonMapper.shared()
                .readTree(PublishedData.write(Inputs.document(rules), 3, List.of()))
                .get("published");
    }
}
