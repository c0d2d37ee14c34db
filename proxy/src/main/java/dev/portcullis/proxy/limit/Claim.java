package dev.portcullis.proxy.limit;

import dev.portcullis.policy.limit.LimitBucket;

import java.util.Optional;

/// What one rule wants a call to pay: a token from a bucket.
///
/// @param isObserved whether the rule only watches: it counts, and never refuses
/// @param isLocalWithoutStore what happens when the shared store is gone: this replica's own share
///     counts, or else the rule refuses
/// @param message the rule's words, when it has any
public record Claim(LimitBucket bucket, boolean isObserved, boolean isLocalWithoutStore, Optional<String> message) {

    public String rule() {
        return bucket.rule();
    }
}
