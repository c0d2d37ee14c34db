package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;

import java.util.List;

/// The policy in force, compiled: one published version and the kills engaged. Replaced as a whole,
/// never changed.
public record PolicySnapshot(
        long version, PolicyDocument document, List<Kill> kills, PolicyDecisionPoint decisionPoint) {
    public PolicySnapshot {
        kills = List.copyOf(kills);
    }

    /// Whether some rule could refuse a message for what it is, rather than for the caller or for a
    /// tool. Where none can, nobody need ask about every notification of a stream.
    public boolean judgesMessages() {
        return document.rules().stream()
                .map(Rule::restriction)
                .anyMatch(restriction -> !(restriction instanceof Restriction.ReadOnly
                        || restriction instanceof Restriction.AllowedActions
                        || restriction instanceof Restriction.AllowedTools
                        || restriction instanceof Restriction.DeniedTools
                        || restriction instanceof Restriction.AllowedNetworks));
    }
}
