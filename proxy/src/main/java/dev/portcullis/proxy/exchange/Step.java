package dev.portcullis.proxy.exchange;

import java.util.function.Function;

/// The result of a step on a request's path: the next stage, or a refusal together with the last stage
/// reached.
public sealed interface Step<S extends Stage> {
    /// The next step, unless this one refused.
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
}
