package dev.portcullis.proxy.config;

import java.time.Duration;

/// The bounds of one exchange and of all of them together. What exceeds one is refused or ended, never
/// buffered.
///
/// @param bodyBytes the largest request body
/// @param headerBytes the largest head of a request: its request line and headers
/// @param jsonDepth how deep the JSON of a request may nest
/// @param listBytes the largest response that is held back to be filtered, such as a page of
///     `tools/list`
/// @param eventBytes the largest single event of an event stream
/// @param idle how long a connection may be silent: between requests, and within a request that stopped
///     half-way
/// @param responseHead how long an upstream may take until its response begins
/// @param exchanges how many exchanges may be in flight at once
/// @param requestHead how long a client may take for the head of a request once it has begun it, and
///     for a TLS handshake
/// @param streams the bounds of what stays open for long
public record Limits(
        int bodyBytes,
        int headerBytes,
        int jsonDepth,
        int listBytes,
        int eventBytes,
        Duration idle,
        Duration responseHead,
        int exchanges,
        Duration requestHead,
        StreamLimits streams) {
    private static final int MIB = 1024 * 1024;

    static final Range<Integer> BODY_BYTES = new Range<>(1024, 256 * MIB);
    static final Range<Integer> HEADER_BYTES = new Range<>(1024, MIB);
    static final Range<Integer> JSON_DEPTH = new Range<>(8, 400);
    static final Range<Duration> IDLE = new Range<>(Duration.ofSeconds(1), Duration.ofDays(1));
    static final Range<Duration> RESPONSE_HEAD = new Range<>(Duration.ofMillis(100), Duration.ofHours(1));
    static final Range<Integer> EXCHANGES = new Range<>(1, 1_000_000);
    static final Range<Duration> REQUEST_HEAD = new Range<>(Duration.ofMillis(100), Duration.ofMinutes(10));

    public Limits {
        BODY_BYTES.check("bodyBytes", bodyBytes);
        HEADER_BYTES.check("headerBytes", headerBytes);
        JSON_DEPTH.check("jsonDepth", jsonDepth);
        BODY_BYTES.check("listBytes", listBytes);
        BODY_BYTES.check("eventBytes", eventBytes);
        IDLE.check("idle", idle);
        RESPONSE_HEAD.check("responseHead", responseHead);
        EXCHANGES.check("exchanges", exchanges);
        REQUEST_HEAD.check("requestHead", requestHead);
    }

    /// With the default bounds of what a client may keep open.
    public Limits(
            int bodyBytes,
            int headerBytes,
            int jsonDepth,
            int listBytes,
            int eventBytes,
            Duration idle,
            Duration responseHead,
            int exchanges) {
        this(
                bodyBytes,
                headerBytes,
                jsonDepth,
                listBytes,
                eventBytes,
                idle,
                responseHead,
                exchanges,
                Duration.ofSeconds(30),
                StreamLimits.defaults());
    }

    public static Limits defaults() {
        return new Limits(
                4 * MIB, 32 * 1024, 64, 16 * MIB, 16 * MIB, Duration.ofMinutes(5), Duration.ofMinutes(5), 10_000);
    }
}
