package dev.portcullis.console.counts;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How long calls took: how many there are in each of four buckets between a power of two of microseconds and the
/// next. What is read from it is within a tenth of the truth, and sums of it are as good as it is.
///
/// @param calls by bucket
public record Latencies(Map<Integer, Long> calls) {
    private static final double BUCKETS_IN_DOUBLE = 4;

    public Latencies {
        calls = Map.copyOf(calls);
    }

    public static Latencies none() {
        return new Latencies(Map.of());
    }

    public Latencies plus(Latencies other) {
        var sum = new TreeMap<>(calls);
        other.calls.forEach((bucket, more) -> sum.merge(bucket, more, Long::sum));
        return new Latencies(sum);
    }

    public long count() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What `part` of all calls did not take longer than, in microseconds; absent when there was none.
    public Optional<Long> quantile(double part) {
        var wanted = Math.max(1, Math.ceil(part * count()));
        var passed = 0L;
        for (var bucket : new TreeMap<>(calls).entrySet()) {
            passed += bucket.getValue();
            if (passed >= wanted) {
                return Optional.of(Math.round(Math.pow(2, (bucket.getKey() + 0.5) / BUCKETS_IN_DOUBLE)));
            }
        }
        return Optional.empty();
    }
}
