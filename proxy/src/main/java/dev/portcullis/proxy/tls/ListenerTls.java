package dev.portcullis.proxy.tls;

import dev.portcullis.proxy.config.TlsSettings;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.telemetry.Reading;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The certificates of the listener for clients: one for each name that has one of its own, and one for
/// all other connections. Safe for all threads.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6066#section-3">RFC 6066, Server Name Indication</a>
public final class ListenerTls implements AutoCloseable {
    /// How large the first message of a handshake may be.
    private static final int MAX_HELLO = 64 * 1024;

    private final ServerTls usual;
    private final Map<String, ServerTls> byHost;

    private ListenerTls(ServerTls usual, Map<String, ServerTls> byHost) {
        this.usual = usual;
        this.byHost = byHost;
    }

    /// Reads the files and begins to watch them.
    ///
    /// @throws IOException when they cannot be used; the message is a sentence for people
    public static ListenerTls start(TlsSettings settings, Clock clock, ProxyMetrics metrics) throws IOException {
        var started = new ListenerTls(ServerTls.start(settings, clock), new HashMap<>());
        try {
            for (var host : settings.hosts().entrySet()) {
                started.byHost.put(host.getKey(), ServerTls.start(settings.of(host.getValue()), clock));
            }
        } catch (IOException e) {
            started.close();
            throw e;
        }
        metrics.watch(
                Reading.TLS_RELOADS,
                () -> started.all().stream().mapToLong(ServerTls::reloads).sum());
        metrics.watch(
                Reading.TLS_RELOAD_FAILURES,
                () -> started.all().stream().mapToLong(ServerTls::failures).sum());
        metrics.watch(Reading.TLS_EXPIRY, () -> started.expiresAt().getEpochSecond());
        return started;
    }

    /// When the first of the certificates ends.
    public Instant expiresAt() {
        return Instant.ofEpochSecond(
                all().stream().mapToLong(ServerTls::expiresAt).min().orElseThrow());
    }

    /// A handler for one new connection.
    ///
    /// @param patience how long the handshake may take
    public ChannelHandler newHandler(ByteBufAllocator allocator, Duration patience) {
        if (byHost.isEmpty()) {
            return patient(usual.context().newHandler(allocator), patience);
        }
        Mapping<String, SslContext> contexts =
                name -> byHost.getOrDefault(name == null ? "" : name.toLowerCase(Locale.ROOT), usual)
                        .context();
        return new SniHandler(contexts, MAX_HELLO, patience.toMillis()) {
            @Override
            protected SslHandler newSslHandler(SslContext context, ByteBufAllocator buffers) {
                return patient(context.newHandler(buffers), patience);
            }
        };
    }

    @Override
    public void close() {
        all().forEach(ServerTls::close);
    }

    private List<ServerTls> all() {
        var all = new ArrayList<>(byHost.values());
        all.add(usual);
        return all;
    }

    private static SslHandler patient(SslHandler handler, Duration patience) {
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        return handler;
    }
}
