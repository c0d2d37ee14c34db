package dev.portcullis.proxy.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.TimeUnit;

/// The event loops of a replica and the kind of sockets they drive: epoll where the system has it, else
/// NIO.
///
/// @param threads how many event loops there are
public record Transport(
        EventLoopGroup eventLoops,
        int threads,
        Class<? extends ServerChannel> serverChannel,
        Class<? extends Channel> clientChannel)
        implements AutoCloseable {

    /// @param threads how many event loops to run
    public static Transport start(int threads) {
        var names = new DefaultThreadFactory("proxy");
        return Epoll.isAvailable()
                ? new Transport(
                        new MultiThreadIoEventLoopGroup(threads, names, EpollIoHandler.newFactory()),
                        threads,
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class)
                : new Transport(
                        new MultiThreadIoEventLoopGroup(threads, names, NioIoHandler.newFactory()),
                        threads,
                        NioServerSocketChannel.class,
                        NioSocketChannel.class);
    }

    /// Closes every connection and ends the threads.
    @Override
    public void close() {
        eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
