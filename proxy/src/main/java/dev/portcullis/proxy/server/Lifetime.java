package dev.portcullis.proxy.server;

import dev.portcullis.proxy.config.StreamLimits;
import io.netty.channel.ChannelHandlerContext;

import java.util.concurrent.TimeUnit;

/// Ends an exchange that takes too long, or in which nothing has been sent to the client for too long.
/// One exchange at a time, on its event loop.
final class Lifetime {
    private final long idleNanos;
    private final long totalNanos;
    private final Deadline deadline = new Deadline();

    Lifetime(StreamLimits limits) {
        this.idleNanos = limits.idle().toNanos();
        this.totalNanos = limits.total().toNanos();
    }

    /// The exchange with this response begins.
    void begin(ChannelHandlerContext ctx, DownstreamResponse response, Runnable expired) {
        watch(ctx, response, System.nanoTime(), expired);
    }

    void end() {
        deadline.cancel();
    }

    private void watch(ChannelHandlerContext ctx, DownstreamResponse response, long began, Runnable expired) {
        var now = System.nanoTime();
        var left = Math.min(began + totalNanos - now, response.lastSentNanos() + idleNanos - now);
        if (left <= 0) {
            expired.run();
        } else {
            var millis = TimeUnit.NANOSECONDS.toMillis(left) + 1;
            deadline.set(ctx, millis, () -> watch(ctx, response, began, expired));
        }
    }
}
