package dev.portcullis.proxy.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// The one thing that happens when a connection waits too long. Setting it replaces the one before.
final class Deadline {
    private @Nullable ScheduledFuture<?> scheduled;

    void set(ChannelHandlerContext ctx, long millis, Runnable action) {
        cancel();
        scheduled = ctx.executor().schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }
}
