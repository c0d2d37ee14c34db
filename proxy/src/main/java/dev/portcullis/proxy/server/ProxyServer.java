package dev.portcullis.proxy.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The listener for clients.
public final class ProxyServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Channel listener;

    private ProxyServer(Channel listener) {
        this.listener = listener;
    }

    /// Listens on `address`; port 0 takes a free one.
    ///
    /// @throws IOException when the address cannot be had
    public static ProxyServer listen(InetSocketAddress address, Transport transport, ExchangeServices services)
            throws IOException, InterruptedException {
        var bound = new ServerBootstrap()
                .group(transport.eventLoops())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ProxyPipeline(services))
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new ProxyServer(bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Takes no more connections; those there are stay.
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }
}
