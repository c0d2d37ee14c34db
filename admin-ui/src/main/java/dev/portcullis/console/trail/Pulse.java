package dev.portcullis.console.trail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Writes to one listener, and says that all is well whenever it has heard nothing for a while, whatever is
/// being read for it meanwhile: only by writing is it known that it is still there.
final class Pulse {
    private static final long PERIOD = Duration.ofSeconds(10).toNanos();
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final TailOutput out;
    private final LongSupplier nanos;
    private long heard;

    /// @param nanos the time since some moment
    Pulse(TailOutput out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.heard = nanos.getAsLong();
    }

    void calls(List<PlacedCall> calls, Places read) throws IOException {
        out.calls(calls, read);
        heard = nanos.getAsLong();
    }

    /// Says that all is well, if it is time to.
    void beat(Places read) throws IOException {
        if (left() <= 0) {
            out.heartbeat(read);
            heard = nanos.getAsLong();
        }
    }

    /// How long until it is time to.
    long millisecondsLeft() {
        return Math.ceilDiv(Math.max(0, left()), MILLISECOND);
    }

    private long left() {
        return PERIOD - (nanos.getAsLong() - heard);
    }
}
