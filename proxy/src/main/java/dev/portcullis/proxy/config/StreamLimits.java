package dev.portcullis.proxy.config;

import java.time.Duration;

/// The bounds of what stays open for long.
///
/// @param perCaller how many event streams one caller may hold open at once; callers without an
///     identity are told apart by their address
/// @param perConnection how many streams one HTTP/2 connection may carry at once
/// @param idle how long an exchange may pass without a byte for the client
/// @param total how long an exchange may take altogether
public record StreamLimits(int perCaller, int perConnection, Duration idle, Duration total) {
    static final Range<Integer> PER_CALLER = new Range<>(1, 1_000_000);
    static final Range<Integer> PER_CONNECTION = new Range<>(1, 10_000);
    static final Range<Duration> IDLE = new Range<>(Duration.ofMillis(100), Duration.ofDays(7));
    static final Range<Duration> TOTAL = new Range<>(Duration.ofMillis(100), Duration.ofDays(30));

    public StreamLimits {
        PER_CALLER.check("streamsPerCaller", perCaller);
        PER_CONNECTION.check("streamsPerConnection", perConnection);
        IDLE.check("streamIdle", idle);
        TOTAL.check("total", total);
    }

    public static StreamLimits defaults() {
        return new StreamLimits(100, 100, Duration.ofHours(1), Duration.ofHours(12));
    }
}
