package dev.portcullis.proxy.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Slows down who shows credentials that identify nobody: so many failures an address may have in a
/// minute. An IPv6 network of 64 bits counts as one address, because whoever has one has
/// all. Safe for all threads; remembers a bounded number of addresses.
final class Throttle {
    private static final int ADDRESSES = 100_000;
    private static final int NETWORK_BYTES = 8;

    private final Cache<InetAddress, Bucket> failures = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private final int perMinute;
    private final TimeMeter time;

    Throttle(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    Throttle(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
    }

    /// How long an address has to wait before anything it shows is looked at; empty when it need not.
    Optional<Duration> wait(InetAddress address) {
        var bucket = failures.getIfPresent(network(address));
        if (bucket == null || bucket.getAvailableTokens() > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()));
    }

    /// What came from this address identified nobody.
    void failed(InetAddress address) {
        failures.get(network(address), any -> bucket()).tryConsume(1);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }
}
