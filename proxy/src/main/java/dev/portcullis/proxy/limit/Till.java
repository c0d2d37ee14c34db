package dev.portcullis.proxy.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Has a call pay all that is claimed, or nothing, from buckets that nobody else touches meanwhile.
final class Till {
    private Till() {}

    /// Rules that only watch count a call when it is allowed, like the others.
    ///
    /// @param bucketOf where a claim is paid
    /// @param now by the clock of these buckets
    static Payment.Settled pay(List<Claim> claims, Function<Claim, TokenBucket> bucketOf, long now) {
        var paying = new ArrayList<TokenBucket>();
        var empty = new ArrayList<Empty>();
        var observed = new ArrayList<Empty>();
        for (var claim : claims) {
            var bucket = bucketOf.apply(claim);
            if (bucket.left(now) > 0) {
                paying.add(bucket);
            } else {
                (claim.isObserved() ? observed : empty).add(new Empty(claim, bucket.untilNext(now)));
            }
        }
        if (!empty.isEmpty()) {
            return new Payment.Refused(empty, observed);
        }
        paying.forEach(TokenBucket::take);
        return new Payment.Made(observed);
    }
}
