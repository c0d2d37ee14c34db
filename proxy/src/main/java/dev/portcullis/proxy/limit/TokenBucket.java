package dev.portcullis.proxy.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.distributed.serialization.DataOutputSerializationAdapter;
import io.github.bucket4j.distributed.serialization.Scope;
import io.github.bucket4j.distributed.versioning.Versions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// The arithmetic of one bucket, which is Bucket4j's: full at the start, and refilled evenly.
///
/// Times are nanoseconds of whatever clock the owner of the bucket goes by. A clock that was set back
/// gives no token and takes none: from then on the bucket refills by the new time. For one thread.
final class TokenBucket {
    private static final DataOutputSerializationAdapter FORMAT = DataOutputSerializationAdapter.INSTANCE;

    private final long calls;
    private final Duration period;
    private BucketState state;
    private long changedAt;
    private boolean isChanged;

    private TokenBucket(long calls, Duration period, BucketState state, long changedAt) {
        this.calls = calls;
        this.period = period;
        this.state = state;
        this.changedAt = changedAt;
    }

    static TokenBucket full(long calls, Duration period, long now) {
        return new TokenBucket(calls, period, fullState(calls, period, now), now);
    }

    /// A bucket that was [#written]. One that this version cannot read had nothing left then.
    ///
    /// @param changedAt when that was
    static TokenBucket read(long calls, Duration period, byte[] written, long changedAt) {
        try {
            var input = new DataInputStream(new ByteArrayInputStream(written));
            var state = BucketState.deserialize(FORMAT, input);
            state.setConfiguration(configuration(calls, period));
            return new TokenBucket(calls, period, state, changedAt);
        } catch (IOException | RuntimeException e) {
            var empty = full(calls, period, changedAt);
            empty.state.consume(calls);
            return empty;
        }
    }

    /// The same bucket with other terms; it holds no more than before, and no more than it can.
    TokenBucket resized(long otherCalls, long now) {
        var other = full(otherCalls, period, now);
        other.state.consume(Math.max(0, otherCalls - left(now)));
        return other;
    }

    long left(long now) {
        refill(now);
        return state.getAvailableTokens();
    }

    long calls() {
        return calls;
    }

    Duration period() {
        return period;
    }

    /// Takes a token, which must be there.
    void take() {
        state.consume(1);
        isChanged = true;
    }

    /// Whether it has to be written again since it was made or read: a token was taken, or the clock was set
    /// back, and the bucket would otherwise wait for the old time for ever.
    boolean isChanged() {
        return isChanged;
    }

    /// How long until there is a token.
    Duration untilNext(long now) {
        return Duration.ofNanos(state.calculateDelayNanosAfterWillBePossibleToConsume(1, now, false));
    }

    /// How long until it is full, if nobody takes a token.
    Duration untilFull(long now) {
        return Duration.ofNanos(state.calculateFullRefillingTime(now));
    }

    byte[] written() {
        var bytes = new ByteArrayOutputStream();
        try {
            BucketState.serialize(
                    FORMAT, new DataOutputStream(bytes), state, Versions.getLatest(), Scope.PERSISTED_STATE);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void refill(long now) {
        if (now - changedAt < 0) {
            var left = state.getAvailableTokens();
            state = fullState(calls, period, now);
            state.consume(calls - left);
            isChanged = true;
        }
        state.refillAllBandwidth(now);
        changedAt = now;
    }

    private static BucketState fullState(long calls, Duration period, long now) {
        return BucketState.createInitialState(configuration(calls, period), MathType.INTEGER_64_BITS, now);
    }

    private static BucketConfiguration configuration(long calls, Duration period) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(calls)
                        .refillGreedy(calls, period)
                        .build())
                .build();
    }
}
