package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.OwnAnswer;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.http.HeaderFields.Field;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/// The response of one exchange on its way to the client: either whole, or begun, written piece by
/// piece, and ended.
///
/// Once the client has gone, what is written goes nowhere. Lives on the channel's event loop.
final class DownstreamResponse {
    /// Names the audit record in every response.
    static final String EXCHANGE_HEADER = "portcullis-exchange";

    private final ChannelHandlerContext context;
    private final ExchangeId exchange;
    private final HttpVersion version;
    private final boolean keepAlive;
    private final List<Field> always;
    private final Runnable whenStreaming;
    private long sentNanos = System.nanoTime();
    private int status;
    private long bytes;

    /// @param version the request's HTTP version
    /// @param keepAlive whether the connection outlives the response
    /// @param always what goes with it, whatever it is, unless the answer itself says otherwise
    /// @param whenStreaming called when the response goes out piece by piece
    DownstreamResponse(
            ChannelHandlerContext context,
            ExchangeId exchange,
            HttpVersion version,
            boolean keepAlive,
            List<Field> always,
            Runnable whenStreaming) {
        this.context = context;
        this.exchange = exchange;
        this.version = version;
        this.keepAlive = keepAlive;
        this.always = always;
        this.whenStreaming = whenStreaming;
    }

    /// The event loop that everything about this response runs on.
    Executor executor() {
        return context.executor();
    }

    boolean hasBegun() {
        return status != 0;
    }

    OptionalInt status() {
        return hasBegun() ? OptionalInt.of(status) : OptionalInt.empty();
    }

    /// How much of the body was written.
    long bytes() {
        return bytes;
    }

    /// When something was last sent, or else when the exchange began; of [System#nanoTime].
    long lastSentNanos() {
        return sentNanos;
    }

    /// Whether the client takes more at this moment; true once it has gone, since then nothing is kept
    /// for it.
    boolean isWritable() {
        return context.channel().isWritable() || !context.channel().isActive();
    }

    /// Sends all of it.
    ChannelFuture whole(int code, List<Field> headers, byte[] body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(body));
        addHeaders(response, code, headers);
        if (code != HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        bytes += body.length;
        return context.writeAndFlush(response);
    }

    /// Sends what a refusal looks like.
    ChannelFuture refuse(Refusal refusal) {
        return own(RefusalWriter.answer(refusal, exchange));
    }

    /// Sends an answer of the gateway's own.
    ChannelFuture own(OwnAnswer answer) {
        return whole(answer.status(), answer.headers(), answer.body().orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /// Sends the head; the client has it before there is a body.
    void begin(int code, List<Field> headers) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code));
        addHeaders(response, code, headers);
        HttpUtil.setTransferEncodingChunked(response, version.equals(HttpVersion.HTTP_1_1));
        context.writeAndFlush(response);
        whenStreaming.run();
    }

    void write(byte[] piece) {
        bytes += piece.length;
        sentNanos = System.nanoTime();
        context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }

    void flush() {
        context.flush();
    }

    ChannelFuture end() {
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /// Closes the connection, or resets the stream of one, so that the client sees that the response is
    /// not whole.
    ChannelFuture abort() {
        return context.close();
    }

    private void addHeaders(HttpResponse response, int code, List<Field> headers) {
        status = code;
        sentNanos = System.nanoTime();
        HttpHeaders target = response.headers();
        headers.forEach(field -> target.add(field.name(), field.value()));
        always.stream()
                .filter(field -> !target.contains(field.name()) || field.name().equalsIgnoreCase("vary"))
                .forEach(field -> target.add(field.name(), field.value()));
        target.set(EXCHANGE_HEADER, exchange.toString());
        if (!keepAlive) {
            target.set(HttpHeaderNames.CONNECTION, "close");
        }
    }
}
