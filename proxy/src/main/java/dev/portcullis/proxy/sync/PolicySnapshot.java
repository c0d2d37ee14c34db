package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.PolicyDocument;

import java.util.List;

/// The policy in force, compiled: one published version and the kills engaged. Replaced as a whole,
/// never changed.
public record PolicySnapshot(
        long version, PolicyDocument document, List<Kill> kills, PolicyDecisionPoint decisionPoint) {
    public PolicySnapshot {
        kills = List.copyOf(kills);
    }
}
