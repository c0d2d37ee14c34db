package dev.portcullis.proxy.tls;

import dev.portcullis.configuration.Pem;
import dev.portcullis.proxy.config.TlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One certificate that the listener shows to clients, read anew when its files change.
///
/// The files are looked at every second, on a thread of their own. New content is taken when it has stood
/// still for one look; content that cannot be used is logged as an error, counted, and changes nothing.
/// Connections that exist go on with what they began with. Safe for all threads.
final class ServerTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final long LOOK_MILLIS = 1000;

    private final TlsSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tls-files").daemon().factory());
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile Shown shown;
    private TlsFiles judged;
    private TlsFiles seen;
    private boolean unreadable;

    /// What new connections get.
    private record Shown(SslContext context, long expiresAt) {}

    private ServerTls(TlsSettings settings, Clock clock, TlsFiles files, Shown shown) {
        this.settings = settings;
        this.clock = clock;
        this.judged = files;
        this.seen = files;
        this.shown = shown;
    }

    /// Reads the files and begins to watch them.
    ///
    /// @throws IOException when they cannot be used; the message is a sentence for people
    static ServerTls start(TlsSettings settings, Clock clock) throws IOException {
        var files = TlsFiles.read(settings);
        try {
            var tls = new ServerTls(settings, clock, files, made(files, settings, clock));
            var _ = tls.thread.scheduleWithFixedDelay(tls::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return tls;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IOException(
                    "Cannot use the certificate " + settings.certificate() + " with the key " + settings.key() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// What new connections get.
    SslContext context() {
        return shown.context();
    }

    long reloads() {
        return reloads.get();
    }

    long failures() {
        return failures.get();
    }

    /// When the certificate expires, in Unix seconds.
    long expiresAt() {
        return shown.expiresAt();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            var found = TlsFiles.read(settings);
            var still = found.equals(seen);
            seen = found;
            unreadable = false;
            if (still && !found.equals(judged)) {
                judged = found;
                take(found);
            }
        } catch (IOException e) {
            if (!unreadable) {
                unreadable = true;
                failed(e);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void take(TlsFiles found) throws IOException {
        try {
            shown = made(found, settings, clock);
            reloads.incrementAndGet();
            LOG.atInfo().addKeyValue("certificate", settings.certificate()).log("certificate reloaded");
        } catch (GeneralSecurityException e) {
            failed(e);
        }
    }

    private void failed(Exception cause) {
        failures.incrementAndGet();
        LOG.atError()
                .addKeyValue("certificate", settings.certificate())
                .addKeyValue("cause", cause)
                .log("the TLS files cannot be used; the former ones stay");
    }

    private static Shown made(TlsFiles files, TlsSettings settings, Clock clock)
            throws IOException, GeneralSecurityException {
        var identity = ServerIdentity.read(files.certificate(), files.key(), clock.instant());
        var builder = TlsEngine.applyTo(SslContextBuilder.forServer(identity.key(), identity.chain()))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .clientAuth(
                        switch (settings.clientCertificates()) {
                            case NONE -> ClientAuth.NONE;
                            case OPTIONAL -> ClientAuth.OPTIONAL;
                            case REQUIRED -> ClientAuth.REQUIRE;
                        });
        if (files.clientAuthorities().isPresent()) {
            builder.trustManager(Pem.certificates(files.clientAuthorities().get()));
        }
        return new Shown(
                builder.build(), identity.leaf().getNotAfter().toInstant().getEpochSecond());
    }
}
