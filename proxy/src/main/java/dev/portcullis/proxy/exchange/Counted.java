package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;

import java.util.List;
import java.util.Set;

/// How far a tool call was counted by the limits of the policy.
///
/// @param paid the keys of the buckets it has paid from; it never pays twice from one
/// @param observed what limits that only watch would have refused
public record Counted(Set<String> paid, List<Decision.Denial> observed) {
    public Counted {
        paid = Set.copyOf(paid);
        observed = List.copyOf(observed);
    }

    /// Not counted yet, or nothing to count.
    static Counted nothing() {
        return new Counted(Set.of(), List.of());
    }
}
