package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Refusal.ConnectionRefused.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.NotSslRecordException;

import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;

/// Waits for the TLS handshake, and lets the connection speak what was agreed on in it: HTTP/2, or else
/// HTTP/1.1.
final class NegotiatedProtocol extends ApplicationProtocolNegotiationHandler {
    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;
    private final ExchangeServices services;

    NegotiatedProtocol(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2, ExchangeServices services) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.services = services;
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
        if (cause instanceof ClosedChannelException) {
            // It only looked whether somebody listens, as load balancers do.
            ctx.close();
            return;
        }
        RefusedConnection.close(
                ctx.channel(),
                new Refusal.ConnectionRefused(
                        cause instanceof NotSslRecordException ? Reason.NO_TLS : Reason.TLS_FAILED),
                String.valueOf(cause.getMessage()),
                services);
    }
}
