package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Explanation.RulePart;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Decisions and explanations by themselves, and the gate that makes permits of them.
class DecisionTest {
    private static final Denial RULE = new Denial("freeze", "deny", Optional.empty());
    static final PolicyInput INPUT = new PolicyInput(
            UUID.fromString("00000000-0000-0000-0000-00000000000a"),
            "acme",
            Instant.parse("2026-11-22T12:00:00Z"),
            "port-eu",
            PolicyInput.CallerFacts.anonymous(),
            new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
            Wishes.none(),
            new Question.Connection());

    @Test
    void onlyAKillEndsConnections() {
        assertThat(deny(RULE, new Denial("kill:1", "kill", Optional.empty())).endsConnection())
                .isTrue();
        assertThat(deny(RULE).endsConnection()).isFalse();
    }

    @Test
    void doubtOfOneDenialIsDoubt() {
        assertThat(deny(RULE, new Denial("r", "allowedDomains", Optional.empty(), true))
                        .domainsInDoubt())
                .isTrue();
        assertThat(deny(RULE).domainsInDoubt()).isFalse();
    }

    @Test
    void everyRuleThatRefusedIsNamedOnce() {
        assertThat(deny(RULE, RULE, new Denial("b", "deny", Optional.empty())).rules())
                .containsExactly("freeze", "b");
    }

    @Test
    void denialNamesWhatDenied() {
        assertThatThrownBy(DecisionTest::deny).hasMessageContaining("names what denied");
    }

    @Test
    void onlyAnAllowBecomesAPermit() {
        // Given
        var allow = new Decision.Allow(
                3, new Decision.Obligations(Optional.empty(), Optional.empty()), Set.of(), List.of());
        var undecided = new Decision.Undecided(3, "no answer");

        // Then
        assertThat(ask(allow)).isInstanceOfSatisfying(PolicyGate.Answer.Admitted.class, admitted -> {
            assertThat(admitted.permit().exchange()).isEqualTo(INPUT.exchange());
            assertThat(admitted.permit().route()).isEqualTo("port-eu");
            assertThat(admitted.permit().decision()).isEqualTo(allow);
        });
        assertThat(ask(deny(RULE))).isEqualTo(new PolicyGate.Answer.Denied(deny(RULE)));
        assertThat(ask(undecided)).isEqualTo(new PolicyGate.Answer.Undecided(undecided));
        assertThat(undecided.observed()).isEmpty();
    }

    @Test
    void sameCallerAsksSomethingElse() {
        // Given
        var other = new Question.Methods(List.of("ping"));
        var later = INPUT.time().plusSeconds(9);

        // Then
        assertThat(INPUT.withQuestion(other).question()).isEqualTo(other);
        assertThat(INPUT.withQuestion(other).time()).isEqualTo(INPUT.time());
        assertThat(INPUT.withQuestion(other, later).time()).isEqualTo(later);
        assertThat(INPUT.withQuestion(other, later).caller()).isEqualTo(INPUT.caller());
    }

    @Test
    void rulePartSaysInOneLineWhatTheRuleDoes() {
        assertThat(part(List.of("groups", "time"), false, false, List.of()))
                .satisfies(part -> assertThat(part.matched()).isFalse())
                .satisfies(part -> assertThat(part.describe()).isEqualTo("r: does not match (groups, time)"));
        assertThat(part(List.of(), true, false, List.of()))
                .satisfies(part -> assertThat(part.matched()).isFalse())
                .satisfies(part -> assertThat(part.describe()).isEqualTo("r: does not apply (except)"));
        assertThat(part(List.of(), false, false, List.of()))
                .satisfies(part -> assertThat(part.matched()).isTrue())
                .satisfies(part -> assertThat(part.describe()).isEqualTo("r: does not refuse (deny, enforce)"));
        assertThat(part(List.of(), false, true, List.of("x", "y")).describe())
                .isEqualTo("r: refuses (deny, enforce) because of x, y");
    }

    private static RulePart part(List<String> unmatched, boolean excepted, boolean refuses, List<String> because) {
        return new RulePart("r", "deny", "enforce", true, unmatched, excepted, refuses, because);
    }

    private static Decision.Deny deny(Denial... denials) {
        return new Decision.Deny(3, List.of(denials), List.of());
    }

    private static PolicyGate.Answer ask(Decision decision) {
        return PolicyGate.ask(input -> Eventual.now(decision), INPUT, Runnable::run)
                .stage()
                .toCompletableFuture()
                .join();
    }
}
