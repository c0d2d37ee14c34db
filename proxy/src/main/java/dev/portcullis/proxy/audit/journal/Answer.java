package dev.portcullis.proxy.audit.journal;

import org.apache.activemq.artemis.core.journal.IOCompletion;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells whoever waits for a record whether it is durable; the first word counts.
final class Answer implements IOCompletion {
    private final Supplier<Optional<String>> failure;
    private final Consumer<String> failed;
    private final Consumer<Optional<String>> then;
    private final AtomicBoolean given = new AtomicBoolean();

    /// @param failure why nothing is written any more
    /// @param failed hears why this was not
    Answer(Supplier<Optional<String>> failure, Consumer<String> failed, Consumer<Optional<String>> then) {
        this.failure = failure;
        this.failed = failed;
        this.then = then;
    }

    @Override
    public void storeLineUp() {}

    @Override
    public void done() {
        give(failure.get());
    }

    @Override
    public void onError(int errorCode, String errorMessage) {
        failed.accept(errorMessage);
        give(Optional.of(errorMessage));
    }

    private void give(Optional<String> trouble) {
        if (given.compareAndSet(false, true)) {
            then.accept(trouble);
        }
    }
}
