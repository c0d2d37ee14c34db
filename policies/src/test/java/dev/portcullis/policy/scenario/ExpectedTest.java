package dev.portcullis.policy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Decision.LimitClaim;
import dev.portcullis.policy.Decision.Obligations;
import dev.portcullis.policy.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a scenario says of decisions, which stand here without an engine that makes them.
class ExpectedTest {
    private static final Denial OBSERVED = new Denial("o", "deny", Optional.empty());
    private static final Decision ALLOWED = new Decision.Allow(
            3,
            new Obligations(
                    Optional.of(true),
                    Optional.of(List.of("a", "b")),
                    List.of(new LimitClaim("calls", "enforce", Optional.empty())),
                    Keeping.USUAL),
            Set.of("y", "x"),
            List.of(OBSERVED));
    private static final Decision PLAIN =
            new Decision.Allow(3, new Obligations(Optional.of(false), Optional.empty()), Set.of(), List.of());
    private static final Decision DENIED = new Decision.Deny(
            3,
            List.of(new Denial("r", "readOnly", Optional.empty()), new Denial("s", "deny", Optional.empty())),
            List.of(OBSERVED));
    private static final Decision UNDECIDED = new Decision.Undecided(3, "no answer");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{allowed: true}",
                "{denied: []}",
                "{visible: [y, x]}",
                "{limits: ['calls:enforce']}",
                "{observed: [o]}",
                "{upstream: {readOnly: 1, allowedActions: 'a,b'}}"
            })
    void allowThatIsAsExpectedHasNoDifference(String then) {
        assertThat(expected(then).differences(ALLOWED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{denied: [r, s]}", "{restrictions: [readOnly, deny]}", "{observed: [o]}", "{visible: []}"})
    void denialThatIsAsExpectedHasNoDifference(String then) {
        assertThat(expected(then).differences(DENIED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {denied: [r]}                  | expected denied [r], but was allowed, visible [x, y]
            {restrictions: [deny]}         | expected restrictions [deny], but was allowed, visible [x, y]
            {observed: []}                 | expected observed [], but was observed [o]
            {visible: [x]}                 | expected visible [x], but was visible [x, y]
            {limits: []}                   | expected limits [], but was limits [calls:enforce]
            {upstream: {readOnly: 0, allowedActions: 'a,b'}} | expected x-read-only-mode [0], but was x-read-only-mode [1]
            {upstream: {readOnly: 1}}      | expected x-allowed-actions-to-run [], but was x-allowed-actions-to-run [a,b]
            """)
    void whatIsOtherwiseOfAnAllowIsSaid(String then, String difference) {
        assertThat(expected(then).differences(ALLOWED)).containsExactly(difference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {allowed: true}                | expected allowed, but was denied by [r, s]
            {denied: [r]}                  | expected denied [r], but was denied [r, s]
            {restrictions: [deny]}         | expected restrictions [deny], but was restrictions [readOnly, deny]
            {visible: [x]}                 | expected visible [x], but was denied by [r, s]
            {limits: ['calls:enforce']}    | expected limits [calls:enforce], but was denied by [r, s]
            {upstream: {readOnly: 1}}      | expected headers for the upstream, but was denied by [r, s]
            """)
    void whatIsOtherwiseOfADenialIsSaid(String then, String difference) {
        assertThat(expected(then).differences(DENIED)).containsExactly(difference);
    }

    @Test
    void undecidedIsNeitherAllowedNorDenied() {
        assertThat(expected("{allowed: true, denied: [r]}").differences(UNDECIDED))
                .containsExactly(
                        "expected allowed, but was undecided: no answer",
                        "expected denied [r], but was undecided: no answer");
    }

    @Test
    void headersOfAPlainAllowAreCompared() {
        assertThat(expected("{upstream: {readOnly: 0}}").differences(PLAIN)).isEmpty();
        assertThat(expected("{upstream: {readOnly: 0, allowedActions: a}}").differences(PLAIN))
                .containsExactly("expected x-allowed-actions-to-run [a], but was allowed");
    }

    @Test
    void whatNobodyKnowsOfTheUpstreamIsRefused() {
        assertThatThrownBy(() -> expected("{upstream: {readonly: 1}}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("case 1.then.upstream: unknown key readonly");
        assertThatThrownBy(() -> expected("{limits: 1}"))
                .hasMessageContaining("case 1.then.limits: (expected: a list)");
    }

    private static Expected expected(String then) {
        return Scenario.read(
                        "{title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a}, then: %s}]}"
                                .formatted(then),
                        Optional.empty())
                .cases()
                .getFirst()
                .expected();
    }
}
