package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Decision.LimitClaim;
import dev.portcullis.policy.Decision.Obligations;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What answers of engines are read as, and what an organization's own modules add to them.
class AnswersTest {
    private static final Denial DENIAL = new Denial("custom:a", "custom", Optional.empty());
    private static final Denial RULE = new Denial("r", "deny", Optional.empty());
    private static final Obligations OBLIGATIONS = new Obligations(Optional.of(true), Optional.empty());

    private final AnswerReader reader = new AnswerReader(7);

    @Test
    void allowIsReadWithAllThatGoesWithIt() {
        assertThat(reader.decision("""
                [{"result": {"allow": true, "denials": [], "policyVersion": 7, "visible": ["a", "b"],
                  "redact": [], "results": [],
                  "upstream": {"readOnly": false, "allowedActions": ["x"]},
                  "limits": [{"mode": "observe", "denial": {"rule": "l", "restriction": "limit", "message": "m"}}],
                  "observed": [{"rule": "o", "restriction": "deny"}]}}]"""))
                .isEqualTo(new Decision.Allow(
                        7,
                        new Obligations(
                                Optional.of(false),
                                Optional.of(List.of("x")),
                                List.of(new LimitClaim("l", "observe", Optional.of("m"))),
                                Keeping.USUAL),
                        Set.of("a", "b"),
                        List.of(new Denial("o", "deny", Optional.empty()))));
    }

    @Test
    void denialIsReadWithItsReasons() {
        assertThat(reader.decision("""
                [{"result": {"allow": false, "policyVersion": 7, "visible": [], "upstream": {}, "limits": [],
                  "redact": [], "results": [],
                  "denials": [{"rule": "r", "restriction": "allowedDomains", "message": "m", "inDoubt": true}],
                  "observed": [{"rule": "o", "restriction": "deny"}]}}]"""))
                .isEqualTo(new Decision.Deny(
                        7,
                        List.of(new Denial("r", "allowedDomains", Optional.of("m"), true)),
                        List.of(new Denial("o", "deny", Optional.empty())),
                        Optional.of(Keeping.USUAL)));
    }

    @Test
    void explanationIsReadRuleByRule() {
        assertThat(reader.explanation("""
                [{"result": {
                  "decision": {"allow": true, "denials": [], "policyVersion": 7, "visible": [],
                    "upstream": {}, "limits": [], "redact": [], "results": [], "observed": []},
                  "rules": [{"rule": "r", "restriction": "deny", "mode": "enforce", "asked": true,
                    "unmatched": ["groups"], "excepted": false, "refuses": true, "because": ["x"]}]}}]"""))
                .isEqualTo(new Explanation(
                        new Decision.Allow(7, new Obligations(Optional.empty(), Optional.empty()), Set.of(), List.of()),
                        List.of(new Explanation.RulePart(
                                "r", "deny", "enforce", true, List.of("groups"), false, true, List.of("x")))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                               | undefined
            {}                                               | undefined
            [{"result": {}}, {"result": {}}]                 | undefined
            [{}]                                             | has no result
            [{"result": {"policyVersion": 7}}]               | has no denials
            [{"result": {"policyVersion": 7.5}}]             | names no version
            [{"result": {"policyVersion": 99999999999999999999}}] | names no version
            [{"result": {"policyVersion": 7, "denials": 1}}] | a NUMBER for a list
            [{"result": {"policyVersion": 7, "denials": [], "observed": [], "allow": 1}}] | a NUMBER for a flag
            [{"result": {"policyVersion": 7, "denials": [{"rule": 1}]}}] | a NUMBER for a text
            [{"result": {"policyVersion": 7, "denials": [], "observed": [], "allow": false}}] | names no reason
            [{"result": {"policyVersion": 7, "denials": [{"rule": "r", "restriction": "deny"}], "observed": [], "allow": true}}] | allows and denies at once
            """)
    void whatIsNoAnswerSaysWhy(String answer, String reason) {
        assertThatThrownBy(() -> reader.decision(answer))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining(reason);
    }

    @Test
    void answerOfAnotherVersionIsNotTaken() {
        assertThatThrownBy(() -> reader.decision("[{\"result\": {\"policyVersion\": 8}}]"))
                .isInstanceOf(OtherVersion.class);
    }

    @Test
    void ownModulesRefuseUnderTheirName() {
        assertThat(OwnAnswer.read(own("custom:a", "custom")))
                .isEqualTo(new OwnAnswer(List.of(DENIAL), Set.of("secret_tool")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "kill:a", "custom:", "custom:-a", "xcustom:a", "custom:a b"})
    void ownModulesTakeNoOtherName(String rule) {
        assertThatThrownBy(() -> OwnAnswer.read(own(rule, "custom"))).isInstanceOf(NoAnswer.class);
    }

    @Test
    void ownModulesHaveNoOtherRestriction() {
        assertThatThrownBy(() -> OwnAnswer.read(own("custom:a", "kill"))).isInstanceOf(NoAnswer.class);
    }

    @Test
    void ownModulesOnlyTighten() {
        // Given
        var allow = new Decision.Allow(7, OBLIGATIONS, Set.of("a", "secret_tool"), List.of(RULE));
        var deny = new Decision.Deny(7, List.of(RULE, DENIAL), List.of());
        var undecided = new Decision.Undecided(7, "no answer");
        var refusing = new OwnAnswer(List.of(DENIAL), Set.of("secret_tool"));
        var hiding = new OwnAnswer(List.of(), Set.of("secret_tool"));

        // Then
        assertThat(hiding.tighten(allow)).isEqualTo(new Decision.Allow(7, OBLIGATIONS, Set.of("a"), List.of(RULE)));
        assertThat(refusing.tighten(allow))
                .isEqualTo(new Decision.Deny(7, List.of(DENIAL), List.of(RULE), Optional.of(OBLIGATIONS.keeping())));
        assertThat(refusing.tighten(deny)).isEqualTo(deny);
        assertThat(hiding.tighten(deny)).isEqualTo(deny);
        assertThat(hiding.tighten(undecided)).isEqualTo(undecided);
        assertThat(refusing.tighten(undecided)).isEqualTo(undecided);
    }

    private static String own(String rule, String restriction) {
        return "[{\"result\": {\"denials\": [{\"rule\": \"%s\", \"restriction\": \"%s\"}], \"hidden\": [\"secret_tool\"]}}]"
                .formatted(rule, restriction);
    }
}
