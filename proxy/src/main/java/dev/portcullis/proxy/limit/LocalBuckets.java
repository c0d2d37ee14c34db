package dev.portcullis.proxy.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.portcullis.policy.limit.LimitBucket;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/// Buckets in the memory of this replica, by a clock that only goes forward.
///
/// A bucket that nobody paid from for a whole period is full, and is forgotten. When there are as many as
/// there may be, further subjects of a rule share one. Safe for all threads; nobody waits for long.
final class LocalBuckets {
    private final int most;
    private final LongSupplier nanoTime;
    private final Cache<String, TokenBucket> buckets;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param most how many buckets there may be, besides one for each rule
    LocalBuckets(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder()
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, TokenBucket>accessing((key, bucket) -> bucket.period()))
                .build();
    }

    /// @param share how many of a limit's calls this replica may let through in a period; at least 1
    Payment.Settled pay(List<Claim> claims, LongUnaryOperator share) {
        lock.lock();
        try {
            var now = nanoTime.getAsLong();
            return Till.pay(claims, claim -> bucket(claim.bucket(), share, now), now);
        } finally {
            lock.unlock();
        }
    }

    /// Notes a call that was paid for elsewhere, so that this replica does not begin with a full share when
    /// it has to count alone.
    void note(LimitBucket paid, LongUnaryOperator share) {
        lock.lock();
        try {
            var now = nanoTime.getAsLong();
            var bucket = bucket(paid, share, now);
            if (bucket.left(now) > 0) {
                bucket.take();
            }
        } finally {
            lock.unlock();
        }
    }

    private TokenBucket bucket(LimitBucket claimed, LongUnaryOperator share, long now) {
        var key = claimed.key();
        var calls = share.applyAsLong(claimed.calls());
        var known = buckets.getIfPresent(key);
        if (known == null && isFull()) {
            key = claimed.ofOthers().key();
            known = buckets.getIfPresent(key);
        }
        if (known == null) {
            known = TokenBucket.full(calls, claimed.period(), now);
            buckets.put(key, known);
        } else if (known.calls() != calls) {
            known = known.resized(calls, now);
            buckets.put(key, known);
        }
        return known;
    }

    private boolean isFull() {
        if (buckets.estimatedSize() < most) {
            return false;
        }
        buckets.cleanUp();
        return buckets.estimatedSize() >= most;
    }
}
