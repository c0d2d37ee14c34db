package dev.portcullis.proxy.config;

import java.time.Duration;

/// How many audit records may wait for the database, and how they are kept and written.
///
/// @param queue how many exchanges may be without a committed record; when so many are, the next is
///     refused
/// @param queueBytes about how much memory the waiting records may take; above it, exchanges are
///     refused as well
/// @param flush how long a record waits for company before it is written
/// @param batch how many records are written at once at most
public record AuditSettings(int queue, long queueBytes, Duration flush, int batch, Durability durability) {
    static final Range<Integer> QUEUE = new Range<>(1, 10_000_000);
    static final Range<Long> QUEUE_BYTES = new Range<>(64L * 1024, 1L << 40);
    static final Range<Duration> FLUSH = new Range<>(Duration.ofMillis(1), Duration.ofSeconds(1));
    static final Range<Integer> BATCH = new Range<>(1, 10_000);

    public AuditSettings {
        QUEUE.check("queue", queue);
        QUEUE_BYTES.check("queueBytes", queueBytes);
        FLUSH.check("flush", flush);
        BATCH.check("batch", batch);
    }

    /// Settings of a trail that is kept in memory.
    public AuditSettings(int queue, long queueBytes, Duration flush, int batch) {
        this(queue, queueBytes, flush, batch, new Durability.Memory());
    }

    /// The usual numbers, for a trail that is kept in memory: where a journal may be, only somebody who knows
    /// the machine can say.
    public static AuditSettings defaults() {
        return new AuditSettings(65_536, 256L * 1024 * 1024, Duration.ofMillis(50), 500);
    }

    public AuditSettings with(Durability other) {
        return new AuditSettings(queue, queueBytes, flush, batch, other);
    }
}
