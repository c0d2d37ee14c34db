package dev.portcullis.proxy.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/// Waits for the TLS handshake, and lets the connection speak what was agreed on in it: HTTP/2, or else
/// HTTP/1.1.
final class NegotiatedProtocol extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NegotiatedProtocol.class);

    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;

    NegotiatedProtocol(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        // Nobody else reads before the handshake is over.
        ctx.read();
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        var chosen = protocol.equals(ApplicationProtocolNames.HTTP_2) ? http2 : http1;
        chosen.accept(ctx.pipeline());
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        LOG.atInfo()
                .addKeyValue("client", ctx.channel().remoteAddress())
                .addKeyValue("cause", cause)
                .log("TLS handshake failed");
        ctx.close();
    }
}
