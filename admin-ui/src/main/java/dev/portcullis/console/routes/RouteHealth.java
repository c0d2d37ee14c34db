package dev.portcullis.console.routes;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// How the upstream of a route has answered of late, by what replicas recorded: the newest [#MOST] exchanges of the
/// last
/// [#SPAN].
///
/// @param answered how many it answered, with an error too
/// @param failed how many ended without its answer
/// @param failingReplicas on which of them
public record RouteHealth(
        int answered,
        int failed,
        Optional<OffsetDateTime> answeredAt,
        Optional<OffsetDateTime> failedAt,
        List<String> failingReplicas) {
    public static final Duration SPAN = Duration.ofMinutes(15);
    public static final int MOST = 200;

    public RouteHealth {
        failingReplicas = List.copyOf(failingReplicas);
    }

    /// When nothing was sent to it.
    public static RouteHealth unknown() {
        return new RouteHealth(0, 0, Optional.empty(), Optional.empty(), List.of());
    }

    public State state() {
        if (answered + failed == 0) {
            return State.UNKNOWN;
        }
        if (failed == 0) {
            return State.ANSWERS;
        }
        return answeredAt
                .filter(answer -> failedAt.map(answer::isAfter).orElse(true))
                .map(_ -> State.UNSTEADY)
                .orElse(State.FAILS);
    }

    /// In a word.
    public enum State {
        /// Nothing was sent to it.
        UNKNOWN,
        ANSWERS,
        /// It answered last, and failed before.
        UNSTEADY,
        /// It failed last.
        FAILS
    }
}
