package dev.portcullis.proxy.limit;

import dev.portcullis.policy.limit.LimitBucket;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Claims as a policy would make them.
final class Claims {
    private Claims() {}

    static Claim enforced(String rule, long calls, Duration period, String caller) {
        return new Claim(bucket(rule, calls, period, caller), false, false, Optional.empty());
    }

    static Claim observed(String rule, long calls, Duration period, String caller) {
        return new Claim(bucket(rule, calls, period, caller), true, false, Optional.empty());
    }

    static Claim localWithoutStore(String rule, long calls, Duration period, String caller) {
        return new Claim(bucket(rule, calls, period, caller), false, true, Optional.empty());
    }

    private static LimitBucket bucket(String rule, long calls, Duration period, String caller) {
        return new LimitBucket("acme", rule, calls, period, List.of("caller", caller));
    }
}
