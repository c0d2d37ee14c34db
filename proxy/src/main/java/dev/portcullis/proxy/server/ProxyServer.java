package dev.portcullis.proxy.server;

import dev.portcullis.proxy.tls.ListenerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The listener for clients.
public final class ProxyServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Channel listener;
    private final ChannelGroup http2Connections;

    private ProxyServer(Channel listener, ChannelGroup http2Connections) {
        this.listener = listener;
        this.http2Connections = http2Connections;
    }

    /// Listens on `address`; port 0 takes a free one.
    ///
    /// @param tls absent for plain HTTP/1.1
    /// @param proxyProtocol whether every connection begins with a PROXY line
    /// @throws IOException when the address cannot be had
    public static ProxyServer listen(
            InetSocketAddress address,
            Transport transport,
            ExchangeServices services,
            Optional<ListenerTls> tls,
            boolean proxyProtocol)
            throws IOException, InterruptedException {
        var http2Connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        var bound = new ServerBootstrap()
                .group(transport.eventLoops())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                // TLS and HTTP/2 have their own ways to say that one side is done.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, tls.isEmpty())
                .childHandler(new ProxyPipeline(services, tls, http2Connections, proxyProtocol))
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new ProxyServer(bound.channel(), http2Connections);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Takes no more connections. Those there are stay; clients on HTTP/2 are told to begin no more
    /// streams on theirs.
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        http2Connections.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
}
