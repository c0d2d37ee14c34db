package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.MediaType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// One connection to an upstream: carries one request at a time, and goes back to the pool in between.
///
/// Reads only when somebody wants to read, so that a slow client slows the upstream down.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final long DEFAULT_IDLE_MILLIS = 15_000;

    private final Origin origin;
    private final UpstreamPool.Loop pool;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Active active;
    private long idleMillis = DEFAULT_IDLE_MILLIS;
    private long idleSince;
    private boolean finished;

    UpstreamConnection(Origin origin, UpstreamPool.Loop pool) {
        this.origin = origin;
        this.pool = pool;
    }

    /// How long a server keeps the connection without a request.
    long idleMillis() {
        return idleMillis;
    }

    Origin origin() {
        return origin;
    }

    /// Whether a request may be sent on it: open, free, and not about to be closed by a server that
    /// keeps it only so long.
    boolean isUsable() {
        return context != null
                && context.channel().isActive()
                && active == null
                && System.nanoTime() - idleSince < TimeUnit.MILLISECONDS.toNanos(idleMillis);
    }

    /// Sends `request`; the connection must be free. `attempt` hears of the response.
    void send(UpstreamRequest request, UpstreamAttempt attempt, long headTimeoutMillis) {
        var connected = connected();
        var sending = new Active(attempt);
        active = sending;
        if (request.awaitsHead()) {
            watch(sending, headTimeoutMillis);
        }
        connected.writeAndFlush(message(request)).addListener(written -> {
            sending.written = written.isSuccess();
            if (!written.isSuccess() && active == sending) {
                fail(Failure.BROKE_OFF, "the request could not be written: " + written.cause());
            }
        });
        connected.read();
    }

    void resume() {
        connected().read();
    }

    void close() {
        if (active != null) {
            active.stopWaiting();
            active = null;
        }
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        this.context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var receiving = active;
        if (receiving == null || !(message instanceof HttpObject part)) {
            finished = false;
            ReferenceCountUtil.release(message);
            ctx.close();
        } else if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(Failure.GARBAGE, "not HTTP: " + part.decoderResult().cause());
        } else {
            if (part instanceof HttpResponse response) {
                head(receiving, response);
            }
            if (part instanceof HttpContent content) {
                content(receiving, content);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (finished) {
            finished = false;
            pool.giveBack(this);
            ctx.read();
        } else if (active != null && !active.attempt.isPaused()) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        fail(Failure.BROKE_OFF, "the upstream closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                cause instanceof PrematureChannelClosureException || cause instanceof java.io.IOException
                        ? Failure.BROKE_OFF
                        : Failure.GARBAGE,
                String.valueOf(cause));
        ctx.close();
    }

    private void head(Active receiving, HttpResponse response) {
        var status = response.status().code();
        if (status >= 200) {
            if (MediaType.of(fields(response))
                    .filter(MediaType.EVENT_STREAM::equals)
                    .isPresent()) {
                receiving.stopWaiting();
            }
            receiving.heardNanos = System.nanoTime();
            receiving.responded = true;
            receiving.keepAlive = HttpUtil.isKeepAlive(response);
            idleMillis = announcedIdle(response);
            receiving.attempt.listener().responded(status, fields(response));
        } else if (status == 101) {
            fail(Failure.GARBAGE, "the upstream switched protocols");
        }
    }

    private void content(Active receiving, HttpContent content) {
        var last = content instanceof LastHttpContent;
        if (!receiving.responded) {
            content.release();
            return;
        }
        receiving.heardNanos = System.nanoTime();
        if (content.content().isReadable()) {
            receiving.attempt.listener().received(content.content());
        } else {
            content.release();
        }
        if (last && active == receiving) {
            active = null;
            idleSince = System.nanoTime();
            receiving.stopWaiting();
            // Free for another request only when this one was sent whole, and nothing stands behind its response.
            finished = receiving.keepAlive
                    && receiving.written
                    && connected().channel().isActive();
            if (!finished) {
                connected().close();
            }
            receiving.attempt.listener().ended();
        }
    }

    /// Ends a response that does not begin, or stops half-way, unless it is the client that does not
    /// read on. A stream of events may be silent.
    private void watch(Active waiting, long timeoutMillis) {
        waiting.timeout = connected()
                .executor()
                .schedule(
                        () -> {
                            if (active != waiting) {
                                return;
                            }
                            var silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - waiting.heardNanos);
                            if (silence >= timeoutMillis && !waiting.attempt.isPaused()) {
                                fail(Failure.TOO_SLOW, "silent for " + silence + " ms");
                            } else {
                                watch(waiting, timeoutMillis);
                            }
                        },
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
    }

    private void fail(Failure failure, String detail) {
        var failing = active;
        if (failing == null) {
            return;
        }
        active = null;
        failing.stopWaiting();
        connected().close();
        failing.attempt.listener().failed(failure, detail);
    }

    private DefaultFullHttpRequest message(UpstreamRequest request) {
        var path =
                request.target().getRawPath().isEmpty() ? "/" : request.target().getRawPath();
        var query = request.target().getRawQuery() == null
                ? ""
                : "?" + request.target().getRawQuery();
        var message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.httpMethod()),
                path + query,
                Unpooled.wrappedBuffer(request.body()));
        message.headers().set(HttpHeaderNames.HOST, origin.authority());
        request.headers().fields().forEach(field -> message.headers().add(field.name(), field.value()));
        if (request.body().length > 0 || request.httpMethod().equals("POST")) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
            // What was judged, whatever parameters the client gave.
            message.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }
        return message;
    }

    private static HeaderFields fields(HttpResponse response) {
        return new HeaderFields(response.headers().entries().stream()
                .map(entry -> new HeaderFields.Field(entry.getKey(), entry.getValue()))
                .toList());
    }

    /// A server may say how long it keeps a silent connection (`Keep-Alive: timeout=5`); a second
    /// before that, it is not used any more, because a request sent while it closes could not be
    /// repeated.
    private static long announcedIdle(HttpResponse response) {
        var value = response.headers().get("keep-alive");
        if (value != null) {
            for (var part : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                if (part.strip().matches("timeout=[0-9]{1,6}")) {
                    return Math.max(0, Long.parseLong(part.strip().substring("timeout=".length())) * 1000 - 1000);
                }
            }
        }
        return DEFAULT_IDLE_MILLIS;
    }

    private ChannelHandlerContext connected() {
        if (context == null) {
            throw new IllegalStateException("the connection is not in a pipeline yet");
        }
        return context;
    }

    /// The request under way.
    private static final class Active {
        final UpstreamAttempt attempt;
        io.netty.util.concurrent.@Nullable ScheduledFuture<?> timeout;
        long heardNanos = System.nanoTime();
        boolean written;
        boolean responded;
        boolean keepAlive;

        Active(UpstreamAttempt attempt) {
            this.attempt = attempt;
        }

        void stopWaiting() {
            if (timeout != null) {
                timeout.cancel(false);
            }
        }
    }
}
