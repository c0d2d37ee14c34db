package dev.portcullis.policy;

import java.util.Optional;

/// Answers questions about one fixed policy: a compiled document of one version together with the kills
/// engaged.
///
/// Implementations may be asked from several threads at once, never block, and never throw: trouble is
/// [Decision.Undecided]. An answer that is not there at once comes in bounded time.
@FunctionalInterface
public interface PolicyDecisionPoint {
    Eventual<Decision> decide(PolicyInput input);

    /// What needs no answer from outside of this process: kills always, and with the engine in this
    /// process everything. Empty when somebody has to be asked.
    default Optional<Decision> decideHere(PolicyInput input) {
        return decide(input) instanceof Eventual.Now<Decision>(Decision decision)
                ? Optional.of(decision)
                : Optional.empty();
    }
}
