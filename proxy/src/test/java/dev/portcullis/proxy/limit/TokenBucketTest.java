package dev.portcullis.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class TokenBucketTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long START = Duration.ofDays(20_000).toNanos();

    @Test
    void isFullAtTheStartAndRefillsEvenly() {
        var bucket = TokenBucket.full(60, MINUTE, START);
        assertThat(drain(bucket, START)).isEqualTo(60);

        assertThat(bucket.left(START + Duration.ofMillis(999).toNanos())).isZero();
        assertThat(bucket.left(START + Duration.ofSeconds(1).toNanos())).isEqualTo(1);
        assertThat(bucket.left(START + Duration.ofSeconds(10).toNanos())).isEqualTo(10);
        assertThat(bucket.left(START + Duration.ofHours(3).toNanos())).isEqualTo(60);
    }

    @Test
    void neverGivesMoreThanTwiceItsCallsInAPeriod() {
        // Given
        var bucket = TokenBucket.full(60, MINUTE, START);

        // When
        var given = 0L;
        for (var now = START; now < START + MINUTE.toNanos(); now += 1_000_003) {
            given += drain(bucket, now);
        }

        // Then
        assertThat(given).isEqualTo(60 + 59);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 59, 86_399, 1_000_000})
    void losesNothingToRoundingInManySmallRefills(long calls) {
        // Given
        var bucket = TokenBucket.full(calls, Duration.ofDays(1), START);
        drain(bucket, START);

        // When
        for (var i = 1; i < 1000; i++) {
            bucket.left(START + i * Duration.ofDays(1).toNanos() / 1000);
        }

        // Then
        assertThat(bucket.left(START + Duration.ofDays(1).toNanos())).isEqualTo(calls);
    }

    @Test
    void clockSetBackGivesNothingAndLocksNobodyOut() {
        // Given
        var bucket = TokenBucket.full(60, MINUTE, START);
        drain(bucket, START);
        assertThat(bucket.left(START + Duration.ofSeconds(5).toNanos())).isEqualTo(5);

        // When
        var back = START - Duration.ofDays(365).toNanos();

        // Then
        assertThat(bucket.left(back)).isEqualTo(5);
        assertThat(bucket.left(back + Duration.ofSeconds(2).toNanos())).isEqualTo(7);
        assertThat(bucket.left(back + Duration.ofDays(1).toNanos())).isEqualTo(60);
    }

    @Test
    void clockSetBackWhileTheBucketIsStoredGivesNothingAndLocksNobodyOut() {
        // Given
        var bucket = TokenBucket.full(60, MINUTE, START);
        drain(bucket, START);
        bucket.left(START + Duration.ofSeconds(5).toNanos());
        var written = bucket.written();

        // When
        var read = TokenBucket.read(
                60, MINUTE, written, START + Duration.ofSeconds(5).toNanos());
        var back = START - Duration.ofHours(1).toNanos();

        // Then
        assertThat(read.left(back)).isEqualTo(5);
        assertThat(read.left(back + Duration.ofSeconds(1).toNanos())).isEqualTo(6);
    }

    @Test
    void clockSetForwardGivesAFullBucketAndNoMore() {
        var bucket = TokenBucket.full(60, MINUTE, START);
        drain(bucket, START);

        assertThat(bucket.left(START + Duration.ofDays(36_500).toNanos())).isEqualTo(60);
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() {
        // Given
        var bucket = TokenBucket.full(7, MINUTE, START);
        drain(bucket, START);
        var now = START + Duration.ofSeconds(10).toNanos();
        assertThat(bucket.left(now)).isEqualTo(1);

        // When
        var read = TokenBucket.read(7, MINUTE, bucket.written(), now);

        // Then
        assertThat(read.left(now)).isEqualTo(1);
        assertThat(read.untilFull(now)).isEqualTo(bucket.untilFull(now));
        assertThat(read.isChanged()).isFalse();
    }

    @Test
    void unreadableBucketWasEmpty() {
        var read = TokenBucket.read(60, MINUTE, new byte[] {1, 2, 3}, START);

        assertThat(read.left(START)).isZero();
        assertThat(read.left(START + Duration.ofSeconds(1).toNanos())).isEqualTo(1);
    }

    @Test
    void otherTermsNeverAddTokens() {
        // Given
        var bucket = TokenBucket.full(60, MINUTE, START);
        drain(bucket, START);
        var now = START + Duration.ofSeconds(20).toNanos();

        // Then
        assertThat(bucket.resized(100, now).left(now)).isEqualTo(20);
        assertThat(bucket.resized(10, now).left(now)).isEqualTo(10);
    }

    private static long drain(TokenBucket bucket, long now) {
        var taken = 0L;
        while (bucket.left(now) > 0) {
            bucket.take();
            taken++;
        }
        return taken;
    }
}
