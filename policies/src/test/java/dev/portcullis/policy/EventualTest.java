package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

class EventualTest {

    @Test
    void whatIsThereGoesOnAtOnceAndOnTheSameThread() {
        // Given
        Executor never = task -> {
            throw new AssertionError("handed over");
        };

        // When
        var made = Eventual.now(1).on(never).map(value -> value + 1).then(value -> Eventual.now("" + value));

        // Then
        assertThat(made).isEqualTo(Eventual.now("2"));
        assertThat(made.stage().toCompletableFuture()).isCompletedWithValue("2");
    }

    @Test
    void whatIsWaitedForGoesOnWhereItIsTold() {
        // Given
        var value = new CompletableFuture<Integer>();
        var handedOver = new ArrayList<Runnable>();
        var made = Eventual.later(value).on(handedOver::add).map(number -> number + 1);

        // When
        value.complete(1);

        // Then
        assertThat(made.stage().toCompletableFuture()).isNotDone();
        handedOver.forEach(Runnable::run);
        assertThat(made.stage().toCompletableFuture()).isCompletedWithValue(2);
    }

    @Test
    void onlyWhatIsThereAlreadyIsDecidedHere() {
        // Given
        var decision = new Decision.Undecided(3, "no answer");
        PolicyDecisionPoint here = input -> Eventual.now(decision);
        PolicyDecisionPoint elsewhere = input -> Eventual.later(CompletableFuture.completedFuture(decision));

        // Then
        assertThat(here.decideHere(DecisionTest.INPUT)).isEqualTo(Optional.of(decision));
        assertThat(elsewhere.decideHere(DecisionTest.INPUT)).isEmpty();
    }
}
