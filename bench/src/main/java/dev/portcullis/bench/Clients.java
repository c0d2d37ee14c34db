package dev.portcullis.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// Clients that each hold one event stream open. Their addresses are spread over 127.0.0.0/8, since one
/// address has too few ports.
final class Clients implements AutoCloseable {
    /// The key under which an event says when it was sent.
    static final String SENT = "sent";

    private static final String MARK = "\"" + SENT + "\":";
    private static final int PER_ADDRESS = 1000;
    private static final int AT_ONCE = 200;
    private static final int MAX_LINE = 16 * 1024;
    private static final long PATIENCE_SECONDS = 60;

    private final EventLoopGroup threads;
    private final String request;
    private final Delays delays;
    private final Semaphore opening = new Semaphore(AT_ONCE);
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile String firstRefusal = "";
    private volatile LongConsumer ends = at -> {};

    /// @param request sent as it is, by each
    /// @param delays hears of every event
    Clients(EventLoopGroup threads, String request, Delays delays) {
        this.threads = threads;
        this.request = request;
        this.delays = delays;
    }

    /// Opens streams, and returns when the head of each response has come.
    ///
    /// @throws IllegalStateException when one is refused or takes too long
    void open(int streams, int port) throws InterruptedException, UnknownHostException {
        var bootstrap = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), new Client());
                    }
                });
        for (int i = 0; i < streams; i++) {
            take(1);
            bootstrap
                    .connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            new InetSocketAddress(address(i), 0))
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            refused(String.valueOf(connected.cause()));
                        }
                    });
        }
        take(AT_ONCE);
        opening.release(AT_ONCE);
    }

    /// Who hears when each stream ends, from now on.
    void onEnd(LongConsumer listener) {
        ends = listener;
    }

    /// How many streams are open at this moment.
    int streams() {
        return open.get();
    }

    @Override
    public void close() {
        channels.close().syncUninterruptibly();
    }

    private static InetAddress address(int client) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + client / PER_ADDRESS % 100)});
    }

    private void take(int places) throws InterruptedException {
        var inTime = opening.tryAcquire(places, PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!inTime || !firstRefusal.isEmpty()) {
            throw new IllegalStateException("only " + open + " streams could be opened; " + firstRefusal);
        }
    }

    private void refused(String why) {
        firstRefusal = why;
        opening.release();
    }

    private final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private boolean begun;
        private boolean accepted;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
            var now = System.nanoTime();
            var text = line.toString(StandardCharsets.US_ASCII);
            if (!begun) {
                begun = true;
                if (text.startsWith("HTTP/1.1 200")) {
                    accepted = true;
                    open.incrementAndGet();
                    opening.release();
                } else {
                    refused(text);
                }
            } else if (text.startsWith("data:")) {
                var begin = text.indexOf(MARK) + MARK.length();
                delays.add(now - Long.parseLong(text, begin, text.indexOf('}', begin), 10));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (accepted) {
                ends.accept(System.nanoTime());
                open.decrementAndGet();
            } else if (!begun) {
                refused("hung up");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
