package dev.portcullis.proxy.server;

import dev.portcullis.proxy.config.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;

import java.util.concurrent.TimeUnit;

/// One HTTP/2 connection: every stream of it becomes a channel of its own with an [ExchangeHandler], as
/// if it were a connection with one HTTP/1.1 request.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
final class Http2Connection extends ChannelInboundHandlerAdapter {
    private static final int RESETS = 200;
    private static final int RESET_WINDOW_SECONDS = 30;
    private static final int EMPTY_FRAMES = 2;
    private static final int SMALL_CONTINUATIONS = 16;
    private static final int QUEUED_CONTROL_FRAMES = 1_000;
    private static final int STREAM_WINDOW = 64 * 1024;
    /// One stream that is not read must not hold up the others.
    private static final int CONNECTION_WINDOW = 1024 * 1024;

    private final Http2FrameCodec codec;
    private final ChannelGroup connections;

    private Http2Connection(Http2FrameCodec codec, ChannelGroup connections) {
        this.codec = codec;
        this.connections = connections;
    }

    /// Lets a connection speak HTTP/2.
    static void addTo(ChannelPipeline pipeline, ExchangeServices services, ChannelGroup connections) {
        var limits = services.limits();
        var codec = codec(limits);
        // Frames are read as they come; the windows bound what a stream and the connection may send.
        pipeline.channel().config().setAutoRead(true);
        pipeline.addLast("idle", new IdleStateHandler(0, 0, limits.idle().toMillis(), TimeUnit.MILLISECONDS))
                .addLast("http2", codec)
                .addLast("streams", new Http2MultiplexHandler(streams(services)))
                .addLast("connection", new Http2Connection(codec, connections));
    }

    private static Http2FrameCodec codec(Limits limits) {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.streams().perConnection())
                        .maxHeaderListSize(limits.headerBytes())
                        .initialWindowSize(STREAM_WINDOW))
                .validateHeaders(true)
                .validateRequiredPseudoHeaders(true)
                // Streams that are opened and given up again, and frames that say nothing, cost more than they carry.
                .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_WINDOW_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES)
                .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
                .encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES)
                .build();
    }

    private static ChannelInitializer<Channel> streams(ExchangeServices services) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.config().setAutoRead(false);
                stream.pipeline()
                        .addLast("http", new Http2Translation())
                        .addLast("exchange", new ExchangeHandler(services));
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connections.add(ctx.channel());
        ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - STREAM_WINDOW));
    }

    /// What concerns the connection has been dealt with by the codec.
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && codec.connection().numActiveStreams() == 0) {
            ctx.close();
        }
    }

    /// Errors of the protocol are answered by the codec, which says what was wrong and closes.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
            ctx.close();
        }
    }
}
