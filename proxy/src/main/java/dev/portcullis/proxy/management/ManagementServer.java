package dev.portcullis.proxy.management;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Serves health and metrics on a port of its own: `/livez`, `/readyz`, `/metrics`; and, where it is configured,
/// the kill switch of this replica. It has one thread, which no client's request ever uses.
public final class ManagementServer implements AutoCloseable {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int IDLE_SECONDS = 60;

    private final EventLoopGroup eventLoop;
    private final Channel channel;

    private ManagementServer(EventLoopGroup eventLoop, Channel channel) {
        this.eventLoop = eventLoop;
        this.channel = channel;
    }

    /// Listens at `address`; port 0 takes any free one.
    ///
    /// @param checks what `/readyz` asks, at every request
    /// @param kills the kill switch of this replica, if it has one
    /// @throws ConfigurationException when the address is not to be had
    public static ManagementServer start(
            InetSocketAddress address, List<HealthCheck> checks, ProxyMetrics metrics, Optional<KillEndpoint> kills) {
        var eventLoop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("management", true), NioIoHandler.newFactory());
        var bound = new ServerBootstrap()
                .group(eventLoop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new ReadTimeoutHandler(IDLE_SECONDS),
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_BODY),
                                        new ManagementHandler(checks, metrics, kills));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(eventLoop);
            throw new ConfigurationException(
                    "The management address " + address.getHostString() + ":" + address.getPort()
                            + " is not available: " + bound.cause().getMessage() + ".",
                    bound.cause());
        }
        return new ManagementServer(eventLoop, bound.channel());
    }

    /// The port it listens at.
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        var _ = channel.close().awaitUninterruptibly();
        stop(eventLoop);
    }

    private static void stop(EventLoopGroup eventLoop) {
        var _ = eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
