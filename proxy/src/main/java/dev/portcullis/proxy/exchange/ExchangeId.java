package dev.portcullis.proxy.exchange;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The id of an exchange and of its audit record: a UUID of version 7, so that ids sort by time.
///
/// See [RFC 9562, section 5.7](https://www.rfc-editor.org/rfc/rfc9562#section-5.7).
public record ExchangeId(UUID value) {
    private static final int FRACTION_BITS = 12;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final long VERSION_7 = 7L << 12;
    private static final long IETF_VARIANT = 0b10L << 62;
    private static final long VARIANT_MASK = 0b11L << 62;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// The time of the last id: milliseconds, then a 12 bit fraction of one.
    private static final AtomicLong LAST = new AtomicLong();

    /// A new id, greater than every one this process made before, even when the clock stands still or
    /// goes back.
    ///
    /// The 12 bits behind the version are the fraction of the millisecond (section 6.2, method 3),
    /// which is counted on where the clock did not advance..
    public static ExchangeId next(Clock clock) {
        long now = ticks(clock);
        long mine = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = ((mine >>> FRACTION_BITS) << 16) | VERSION_7 | (mine & FRACTION);
        long low = (RANDOM.nextLong() & ~VARIANT_MASK) | IETF_VARIANT;
        return new ExchangeId(new UUID(high, low));
    }

    private static long ticks(Clock clock) {
        var now = clock.instant();
        long fraction = ((now.getLong(NANO_OF_SECOND) % 1_000_000) << FRACTION_BITS) / 1_000_000;
        return (now.toEpochMilli() << FRACTION_BITS) | fraction;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
