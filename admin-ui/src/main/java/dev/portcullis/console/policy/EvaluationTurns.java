package dev.portcullis.console.policy;

import dev.portcullis.console.api.Turns;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.function.Supplier;

/// Bounds how many policies are made ready and asked, and modules compiled, at once: the largest take seconds of a
/// processor and much memory, and whoever may only look may ask.
@Component
public class EvaluationTurns {
    public static final int MOST = 4;

    private static final int MOST_WAITING = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Turns turns = new Turns("evaluations", MOST, MOST_WAITING, PATIENCE);

    /// @throws dev.portcullis.console.api.BusyException when there are too many
    public <T extends @Nullable Object> T take(Supplier<T> work) {
        return turns.take(work);
    }
}
