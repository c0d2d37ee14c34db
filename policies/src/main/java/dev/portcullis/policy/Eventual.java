package dev.portcullis.policy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// A value that is there already, or will be.
///
/// What is there goes on at once, on the same thread and without a future: the common way, because the
/// engine in this process answers at once. What is not there yet goes on where [#on] says.
public sealed interface Eventual<T> {

    static <T> Eventual<T> now(T value) {
        return new Now<>(value);
    }

    static <T> Eventual<T> later(CompletionStage<T> value) {
        return new Later<>(value);
    }

    /// What `next` makes of the value.
    default <N> Eventual<N> map(Function<? super T, ? extends N> next) {
        return then(value -> new Now<>(next.apply(value)));
    }

    /// What `next` begins with the value.
    <N> Eventual<N> then(Function<? super T, Eventual<N>> next);

    /// The same value; if it has to be waited for, everything after it runs on `executor`.
    Eventual<T> on(Executor executor);

    /// The promise of the value, for whoever waits for it in any case.
    CompletionStage<T> stage();

    record Now<T>(T value) implements Eventual<T> {
        @Override
        public <N> Eventual<N> then(Function<? super T, Eventual<N>> next) {
            return next.apply(value);
        }

        @Override
        public Eventual<T> on(Executor executor) {
            return this;
        }

        @Override
        public CompletionStage<T> stage() {
            return CompletableFuture.completedFuture(value);
        }
    }

    record Later<T>(CompletionStage<T> stage) implements Eventual<T> {
        @Override
        public <N> Eventual<N> then(Function<? super T, Eventual<N>> next) {
            return new Later<>(stage.thenCompose(value -> next.apply(value).stage()));
        }

        @Override
        public Eventual<T> on(Executor executor) {
            return new Later<>(stage.thenApplyAsync(Function.identity(), executor));
        }
    }
}
