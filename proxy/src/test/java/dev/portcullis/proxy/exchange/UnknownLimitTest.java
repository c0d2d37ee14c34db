package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.sync.Database;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A decision that counts a call against a limit which the document in force does not have, as an engine elsewhere may
/// say that has another document.
class UnknownLimitTest {
    private static final PolicyDecisionPoint ELSEWHERE = input -> Eventual.now(new Decision.Allow(
            7,
            new Decision.Obligations(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Decision.LimitClaim("unheard-of", "enforce", Optional.empty())),
                    Keeping.USUAL),
            Set.of(),
            List.of()));

    @Test
    void limitThatNobodyKnowsIsUndecided() {
        try (var limits = CallLimits.start(
                new CallLimitSettings(CallLimitSettings.Store.LOCAL, Duration.ofSeconds(1), 1, 1),
                new Database(new DatabaseSettings("jdbc:postgresql://localhost/none", "none", new Secret("none"))),
                outcome -> {})) {

            // When
            var step = new LimitStep(limits).pay(decided(), Counted.nothing(), Runnable::run);

            // Then
            assertThat(step)
                    .isInstanceOfSatisfying(
                            Step.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Undecided.class));
        }
    }

    private static Stage.Decided decided() {
        var identified = Identifieds.by(ELSEWHERE);
        var call = identified
                .connection()
                .withQuestion(new Question.ToolCall("tools/call", ListedTool.unseen("list_entities"), "{}"));
        return new Stage.Decided(identified, Optional.empty(), call, Identifieds.permit(ELSEWHERE, call), 0);
    }
}
