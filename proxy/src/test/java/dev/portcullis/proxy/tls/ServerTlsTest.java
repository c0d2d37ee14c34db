package dev.portcullis.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.TlsMaterial;
import dev.portcullis.proxy.server.Transport;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

/// What the listener's TLS is made of, and what a client showed.
@Timeout(60)
class ServerTlsTest {
    @TempDir
    Path folder;

    private TlsMaterial material;

    @BeforeEach
    void prepare() throws Exception {
        material = new TlsMaterial(folder);
    }

    @Test
    void boringSslIsUsedWhereItIs() {
        assertThat(OpenSsl.isAvailable())
                .as(String.valueOf(OpenSsl.unavailabilityCause()))
                .isTrue();
    }

    @Test
    void verifiedClientCertificateCanBeRead() throws Exception {
        assertThat(shownBy(Optional.of(material.client(material.authority()))))
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .hasValue("CN=client 7");
    }

    @Test
    void clientWithoutACertificateShowsNone() throws Exception {
        assertThat(shownBy(Optional.empty())).isEmpty();
    }

    @Test
    void keyOfAnotherCertificateIsAClearError() throws Exception {
        material.showCertificate(material.server("CN=other").getCertificatePathPEM());
        assertRefused(Clock.systemUTC(), "does not belong to the certificate");
    }

    @Test
    void expiredCertificateIsAClearError() {
        assertRefused(Clock.fixed(Instant.now().plus(Duration.ofDays(36_500)), ZoneOffset.UTC), "NotAfter");
    }

    @Test
    void encryptedKeyIsAClearError() throws Exception {
        Files.writeString(
                material.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertRefused(Clock.systemUTC(), "no unencrypted PKCS#8 private key");
    }

    @Test
    void keyThatIsNoKeyIsAClearError() throws Exception {
        Files.writeString(material.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(Clock.systemUTC(), "neither RSA nor EC");
    }

    @Test
    void keysAreNeverShown() throws Exception {
        var files = TlsFiles.read(material.settings(ClientCertificates.NONE));
        assertThat(files.toString()).doesNotContain("PRIVATE").doesNotContain("BEGIN");
        assertThat(ServerIdentity.read(files.certificate(), files.key(), Instant.now()))
                .asString()
                .isEqualTo("CN=first");
    }

    private void assertRefused(Clock clock, String reason) {
        assertThatThrownBy(() -> start(ClientCertificates.NONE, clock))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot use the certificate " + material.certificate())
                .hasMessageContaining(reason);
    }

    private ListenerTls start(ClientCertificates wanted, Clock clock) throws IOException {
        return ListenerTls.start(material.settings(wanted), clock, new ProxyMetrics());
    }

    private Optional<X509Certificate> shownBy(Optional<io.netty.pkitesting.X509Bundle> own) throws Exception {
        var shown = new CompletableFuture<Optional<X509Certificate>>();
        try (var tls = start(ClientCertificates.OPTIONAL, Clock.systemUTC());
                var transport = Transport.start(1)) {
            var listener = new ServerBootstrap()
                    .group(transport.eventLoops())
                    .channel(transport.serverChannel())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            tls.newHandler(channel.alloc(), Duration.ofSeconds(10)),
                                            new Witness(shown));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            var port = ((InetSocketAddress) listener.localAddress()).getPort();
            try (var client =
                    (SSLSocket) material.clientContext(own).getSocketFactory().createSocket("localhost", port)) {
                client.startHandshake();
                return shown.get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static final class Witness extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Optional<X509Certificate>> shown;

        Witness(CompletableFuture<Optional<X509Certificate>> shown) {
            this.shown = shown;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                shown.complete(ClientCertificate.of(ctx.channel()));
            }
        }
    }
}
