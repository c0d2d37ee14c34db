package dev.portcullis.policy;

/// Answers questions about one fixed policy: a compiled document of one version together with the kills
/// engaged.
///
/// Implementations may be asked from several threads at once, never block, and never throw: trouble is
/// [Decision.Undecided].
public interface PolicyDecisionPoint {
    Decision decide(PolicyInput input);
}
