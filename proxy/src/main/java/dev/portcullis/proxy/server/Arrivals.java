package dev.portcullis.proxy.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Announces bytes of a client before they are decoded, so that the time a head takes can be measured
/// from its first byte.
@ChannelHandler.Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
    static final Arrivals INSTANCE = new Arrivals();

    /// Bytes have come.
    enum Bytes {
        CAME
    }

    private Arrivals() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.fireUserEventTriggered(Bytes.CAME);
        ctx.fireChannelRead(message);
    }
}
