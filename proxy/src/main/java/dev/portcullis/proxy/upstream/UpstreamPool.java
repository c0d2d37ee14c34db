package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.config.Upstreams;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Connections to upstreams, kept for reuse: a pool for each event loop, so that the two sides of an
/// exchange share one thread, and a bound on all connections to one upstream together.
final class UpstreamPool {
    private static final int MAX_IDLE_PER_LOOP = 64;
    private static final int MAX_RESPONSE_LINE = 8 * 1024;
    private static final int MAX_RESPONSE_HEAD = 64 * 1024;
    private static final int MAX_CHUNK = 16 * 1024;

    private final Upstreams settings;
    private final SslContext tls;
    private final ChannelFactory<? extends Channel> channels;
    private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
    private final Map<Origin, AtomicInteger> open = new ConcurrentHashMap<>();

    UpstreamPool(Upstreams settings, SslContext tls, ChannelFactory<? extends Channel> channels) {
        this.settings = settings;
        this.tls = tls;
        this.channels = channels;
    }

    Loop on(EventLoop eventLoop) {
        return loops.computeIfAbsent(eventLoop, Loop::new);
    }

    /// The pool of one event loop; used on it only.
    final class Loop {
        private final EventLoop eventLoop;
        private final Map<Origin, Deque<UpstreamConnection>> idle = new HashMap<>();

        private Loop(EventLoop eventLoop) {
            this.eventLoop = eventLoop;
        }

        /// A kept connection that can be used at once, or null.
        @org.jspecify.annotations.Nullable
        UpstreamConnection take(Origin origin) {
            var kept = idle.getOrDefault(origin, new ArrayDeque<>());
            for (var connection = kept.pollLast(); connection != null; connection = kept.pollLast()) {
                if (connection.isUsable()) {
                    return connection;
                }
                connection.close();
            }
            return null;
        }

        /// Whether one more connection to `origin` may be opened; [#connect] must follow.
        boolean mayOpen(Origin origin) {
            var count = open.computeIfAbsent(origin, o -> new AtomicInteger());
            if (count.incrementAndGet() > settings.connectionsPerHost()) {
                count.decrementAndGet();
                return false;
            }
            return true;
        }

        void connect(
                Origin origin,
                InetSocketAddress address,
                Consumer<UpstreamConnection> connected,
                Consumer<Throwable> failed) {
            var connection = new UpstreamConnection(origin, this);
            var bootstrap = new Bootstrap()
                    .group(eventLoop)
                    .channelFactory(channels)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            settings.connectTimeout().toMillis())
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            if (origin.tls()) {
                                channel.pipeline().addLast("tls", tlsHandler(channel, origin));
                            }
                            channel.pipeline()
                                    .addLast(
                                            "http",
                                            new HttpClientCodec(MAX_RESPONSE_LINE, MAX_RESPONSE_HEAD, MAX_CHUNK, true))
                                    .addLast("connection", connection);
                        }
                    });
            bootstrap.connect(address).addListener((io.netty.channel.ChannelFutureListener) tcp -> {
                if (!tcp.isSuccess()) {
                    // A channel that could not even be made belongs to no event loop and is never closed.
                    eventLoop.execute(() -> {
                        closed(origin);
                        failed.accept(tcp.cause());
                    });
                    return;
                }
                tcp.channel().closeFuture().addListener(closed -> closed(origin));
                if (tcp.channel().pipeline().get("tls") instanceof SslHandler handshaking) {
                    tcp.channel().read();
                    handshaking.handshakeFuture().addListener(handshake -> {
                        if (handshake.isSuccess()) {
                            connected.accept(connection);
                        } else {
                            tcp.channel().close();
                            failed.accept(handshake.cause());
                        }
                    });
                } else {
                    connected.accept(connection);
                }
            });
        }

        void notOpened(Origin origin) {
            closed(origin);
        }

        void giveBack(UpstreamConnection connection) {
            var kept = idle.computeIfAbsent(connection.origin(), o -> new ArrayDeque<>());
            if (kept.size() < MAX_IDLE_PER_LOOP) {
                kept.addLast(connection);
                eventLoop.schedule(
                        () -> {
                            if (kept.contains(connection) && !connection.isUsable()) {
                                connection.close();
                            }
                        },
                        connection.idleMillis() + 1,
                        TimeUnit.MILLISECONDS);
            } else {
                connection.close();
            }
        }

        void forget(UpstreamConnection connection) {
            idle.getOrDefault(connection.origin(), new ArrayDeque<>()).remove(connection);
        }

        private void closed(Origin origin) {
            open.computeIfAbsent(origin, o -> new AtomicInteger(1)).decrementAndGet();
        }

        private SslHandler tlsHandler(Channel channel, Origin origin) {
            var handler = tls.newHandler(channel.alloc(), origin.host(), origin.port());
            handler.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
            return handler;
        }
    }
}
