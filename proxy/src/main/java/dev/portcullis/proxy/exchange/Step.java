package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The result of a step on a request's path: the next stage, or else the end of the path together with
/// the last stage reached, or the promise of one of these.
public sealed interface Step<S extends Stage> {
    /// The step, or the promise of it.
    ///
    /// @param last the last stage reached, as long as it has to be waited for
    static <S extends Stage> Step<S> of(Stage last, Eventual<Step<S>> step) {
        return switch (step) {
            case Eventual.Now<Step<S>>(Step<S> known) -> known;
            case Eventual.Later<Step<S>>(CompletionStage<Step<S>> settled) -> new Awaiting<>(last, settled);
        };
    }

    /// The next step, unless the path ended with this one.
    <N extends Stage> Step<N> then(Function<S, Step<N>> next);

    record Passed<S extends Stage>(S stage) implements Step<S> {
        @Override
        public <N extends Stage> Step<N> then(Function<S, Step<N>> next) {
            return next.apply(stage);
        }
    }

    record Refused<S extends Stage>(Stage last, Refusal refusal) implements Step<S> {
        @Override
        public <N extends Stage> Step<N> then(Function<S, Step<N>> next) {
            return new Refused<>(last, refusal);
        }
    }

    /// The gateway answers by itself: nothing goes upstream, and nothing was refused.
    record Answered<S extends Stage>(Stage last, OwnAnswer answer) implements Step<S> {
        @Override
        public <N extends Stage> Step<N> then(Function<S, Step<N>> next) {
            return new Answered<>(last, answer);
        }
    }

    /// Something has to be fetched first.
    ///
    /// @param settled completes on the executor that the path was begun with, in bounded time
    record Awaiting<S extends Stage>(Stage last, CompletionStage<Step<S>> settled) implements Step<S> {
        @Override
        public <N extends Stage> Step<N> then(Function<S, Step<N>> next) {
            return new Awaiting<>(last, settled.thenApply(step -> step.then(next)));
        }
    }
}
