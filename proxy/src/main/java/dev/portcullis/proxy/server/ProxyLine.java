package dev.portcullis.proxy.server;

import dev.portcullis.proxy.address.ClientAddresses;
import dev.portcullis.proxy.exchange.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/// Takes the PROXY line with which a trusted proxy begins a connection, and remembers whom it names.
///
/// A connection of anybody else, or one that begins otherwise, is closed before anything is read from
/// it. Once per connection.
///
/// @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol,
///     versions 1 and 2</a>
final class ProxyLine extends ChannelInboundHandlerAdapter {
    private static final Refusal.ConnectionRefused NO_LINE =
            new Refusal.ConnectionRefused(Refusal.ConnectionRefused.Reason.NO_PROXY_LINE);
    private static final AttributeKey<InetAddress> CLIENT = AttributeKey.valueOf(ProxyLine.class, "client");
    private static final AttributeKey<Boolean> NAMELESS = AttributeKey.valueOf(ProxyLine.class, "nameless");

    private final ExchangeServices services;
    private final Consumer<Channel> next;
    private final Deadline deadline = new Deadline();
    private boolean over;

    /// @param next puts in place what reads the rest of the connection
    ProxyLine(ExchangeServices services, Consumer<Channel> next) {
        this.services = services;
        this.next = next;
    }

    /// Who is at the other end of a connection, or of one stream of it: as a PROXY line says, or else as
    /// the connection does.
    static InetAddress addressOf(Channel channel) {
        Channel connection = channel;
        for (@Nullable Channel each = channel; each != null; each = each.parent()) {
            var named = each.attr(CLIENT).get();
            if (named != null) {
                return named;
            }
            if (each.remoteAddress() instanceof InetSocketAddress) {
                connection = each;
            }
        }
        return ((InetSocketAddress) connection.remoteAddress()).getAddress();
    }

    /// Whether a PROXY line came that names nobody. The proxy does not know its client then, and what
    /// stands in forwarding headers is the client's own word.
    static boolean isNameless(Channel channel) {
        for (@Nullable Channel each = channel; each != null; each = each.parent()) {
            if (each.hasAttr(NAMELESS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.set(ctx, services.limits().requestHead().toMillis(), () -> refuse(ctx, "it did not come in time"));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        var from = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        if (services.addresses().isTrusted(ClientAddresses.normalized(from))) {
            ctx.read();
        } else {
            refuse(ctx, "only trusted proxies may connect");
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HAProxyMessage line)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            name(ctx.channel(), line);
            over = true;
            deadline.cancel();
            next.accept(ctx.channel());
            ctx.pipeline().remove(this);
            ctx.channel().read();
        } finally {
            line.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refuse(ctx, "it cannot be read");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
        ctx.fireChannelInactive();
    }

    /// A health check of the proxy itself names nobody, and is the proxy's own.
    private static void name(Channel channel, HAProxyMessage line) {
        var family = line.proxiedProtocol().addressFamily();
        var isAddress = family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6;
        if (line.command() == HAProxyCommand.PROXY && isAddress && line.sourceAddress() != null) {
            channel.attr(CLIENT).set(ClientAddresses.normalized(InetAddress.ofLiteral(line.sourceAddress())));
        } else {
            channel.attr(NAMELESS).set(true);
        }
    }

    private void refuse(ChannelHandlerContext ctx, String reason) {
        if (!over) {
            over = true;
            deadline.cancel();
            RefusedConnection.close(ctx.channel(), NO_LINE, reason, services);
        }
    }
}
