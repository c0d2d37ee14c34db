package dev.portcullis.proxy.limit;

import org.jooq.Record4;

import java.time.Duration;
import java.time.OffsetDateTime;

/// A bucket as it stands in the database, whose row is locked.
///
/// @param row its key, its state (empty for a full one), when it changed, and when it was locked
record StoredBucket(Record4<String, byte[], OffsetDateTime, OffsetDateTime> row) {
    String key() {
        return row.value1();
    }

    /// By the database's clock, in nanoseconds since 1970.
    long lockedAt() {
        return nanos(row.value4());
    }

    /// @param claim one that is paid from it
    TokenBucket bucket(Claim claim) {
        var terms = claim.bucket();
        return row.value2().length == 0
                ? TokenBucket.full(terms.calls(), terms.period(), lockedAt())
                : TokenBucket.read(terms.calls(), terms.period(), row.value2(), nanos(row.value3()));
    }

    private static long nanos(OffsetDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(), Duration.ofSeconds(1).toNanos()), time.getNano());
    }
}
